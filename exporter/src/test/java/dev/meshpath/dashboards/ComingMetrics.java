package dev.meshpath.dashboards;

import java.util.Map;

/** Metrics that the dashboards ask for and that the exporter gets in the same release. */
final class ComingMetrics {
  /** Name, and whether it is a histogram. */
  static final Map<String, Boolean> BY_NAME =
      Map.ofEntries(
          Map.entry("dot11s_path_flap_penalty", false),
          Map.entry("dot11s_path_flapping", false),
          Map.entry("dot11s_path_returns_total", false),
          Map.entry("dot11s_path_nexthop_duration_seconds", true),
          Map.entry("dot11s_path_lifetime_seconds", true),
          Map.entry("dot11s_path_outage_seconds", true),
          Map.entry("dot11s_path_change_metric_ratio", true),
          Map.entry("dot11s_discovery_duration_seconds", true),
          Map.entry("dot11s_path_changes_by_class_total", false),
          Map.entry("dot11s_hwmp_frames_total", false),
          Map.entry("dot11s_mpm_frames_total", false));

  private ComingMetrics() {}
}
