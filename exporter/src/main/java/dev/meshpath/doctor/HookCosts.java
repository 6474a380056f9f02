package dev.meshpath.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is missing without a hook, by its name: bpf/mesh_path tells what each one does. */
final class HookCosts {
  private static final String SECOND_CHANCE =
      "where the kernel skips the program that takes a frame, or the one at its end, what the frame"
          + " does may be missed or have the cause unknown";

  private static final String LATER_FRAMES =
      "a data frame that is done may be named as the cause of what follows on its CPU";
  private static final String COMMAND = "what this command of a user does has the cause unknown";

  private static final Map<String, String> COSTS = costs();

  private HookCosts() {}

  /** What is missing without it. */
  static String of(String hook) {
    return COSTS.getOrDefault(hook, "what it tells is missing");
  }

  /** The hooks whose cost is known. */
  static Set<String> hooks() {
    return COSTS.keySet();
  }

  private static Map<String, String> costs() {
    Map<String, String> costs = new LinkedHashMap<>();
    table(costs);
    discovery(costs);
    frames(costs);
    dataPath(costs);
    commands(costs);
    return costs;
  }

  private static void table(Map<String, String> costs) {
    costs.put(
        "mesh_path_add_entry",
        "a path that another CPU uses while it is being created is told with that one's cause");
    costs.put(
        "mesh_path_add_exit",
        "creations are told only when the path is used next, and refused ones (add_failed) never");
    costs.put(
        "mesh_path_assign_nexthop_entry",
        "no next hop is seen: no assign, change, reassign, fix and activate; the table follows"
            + " only when it is compared with the kernel's");
    costs.put(
        "mesh_path_tx_pending_entry",
        "next hops are told later, when the frame that set them is done, and count as incomplete");
    costs.put(
        "mesh_path_fix_nexthop_exit",
        "a next hop that a user fixed is told late, and not as fixed");
    costs.put(
        "mesh_path_error_tx_entry",
        "broken links are not seen: their paths stay active until they change or expire");
    costs.put(
        "mesh_path_free_rcu_entry",
        "deletions are not seen: paths stay until the table is compared with the kernel's");
    costs.put("mpp_path_add_exit", "hosts that come behind a mesh station are not seen");
  }

  private static void discovery(Map<String, String> costs) {
    costs.put(
        "mesh_queue_preq_entry", "discoveries are not seen being queued, started and retried");
    costs.put(
        "mesh_path_timer_entry",
        "discoveries are not seen ending or failing, and retried ones look like new ones");
    costs.put(
        "mesh_path_timer_exit",
        "discoveries are not seen ending or failing, and their timer may be named as the cause of"
            + " what follows");
    costs.put(
        "mesh_path_flush_pending_entry",
        "frames that waited in vain for a path count as no_route, not as unresolved");
    costs.put(
        "mesh_path_discard_frame_entry",
        "frames that gave way to one more that waits for a path count as no_route, not as queue_full");
    costs.put(
        "ieee80211_tx_skb_tid_entry",
        "discoveries are not seen starting, frames that this station sends are missing in traces, and"
            + " what a peer link's timer does is seen late");
    costs.put(
        "ieee80211_add_pending_skb_entry", "error frames that this station sends are missing");
    costs.put(
        "ieee80211_mesh_work_entry",
        "what the kernel's housekeeping does has the cause unknown: ageing, lost peers");
    costs.put(
        "ieee80211_mesh_work_exit",
        "housekeeping may be named as the cause of what the same worker does next");
  }

  private static void frames(Map<String, String> costs) {
    costs.put(
        "ieee80211_mesh_rx_queued_mgmt_entry",
        "what received frames cause has the cause unknown and no frame; error frames, roots, gates"
            + " and ignored elements are not seen");
    costs.put(
        "ieee80211_mesh_rx_queued_mgmt_exit",
        "error frames, roots, gates, sequence numbers and ignored elements are not seen, and a"
            + " frame may be named as the cause of what follows");
    costs.put("mesh_rx_path_sel_frame_entry", SECOND_CHANCE);
    costs.put("mesh_rx_path_sel_frame_exit", SECOND_CHANCE);
    costs.put("mesh_rx_plink_frame_entry", SECOND_CHANCE);
    costs.put("mesh_rx_plink_frame_exit", SECOND_CHANCE);
    costs.put(
        "hwmp_route_info_get_entry",
        "where the kernel skips the programs that take a frame, what the frame causes has the cause"
            + " unknown");
    costs.put("hwmp_route_info_get_exit", "ignored PREQ and PREP elements are not seen");
    costs.put(
        "drv_sta_state_entry",
        "peers are not seen coming and going: known only by the comparison with the kernel's"
            + " table, their first elements look like those of strangers");
  }

  private static void dataPath(Map<String, String> costs) {
    costs.put(
        "mesh_nexthop_resolve_entry",
        "the frame is missing that a local sender wanted a path for, and perhaps the cause data_tx");
    costs.put("mesh_nexthop_resolve_exit", LATER_FRAMES);
    costs.put(
        "ieee80211_mesh_xmit_fast_entry",
        "the frame is missing that refreshed a path on the fast way out, and perhaps the cause"
            + " data_tx");
    costs.put("ieee80211_mesh_xmit_fast_exit", LATER_FRAMES);
    costs.put(
        "ieee80211_rx_mesh_data_entry",
        "hosts that move behind another mesh station are not seen, nor the cause data_rx");
    costs.put(
        "ieee80211_rx_mesh_data_exit",
        "hosts that move behind another mesh station are not seen; " + LATER_FRAMES);
    costs.put(
        "ieee80211s_update_metric_entry",
        "a broken link is told without the frame whose loss tipped the average");
  }

  private static void commands(Map<String, String> costs) {
    costs.put("rdev_add_mpath", COMMAND + ": creating a path");
    costs.put("rdev_change_mpath", COMMAND + ": changing a path");
    costs.put("rdev_del_mpath", COMMAND + ": deleting a path");
    costs.put("rdev_add_station", COMMAND + ": adding a peer");
    costs.put("rdev_change_station", COMMAND + ": changing a peer, as wpa_supplicant does");
    costs.put("rdev_del_station", COMMAND + ": removing a peer");
    costs.put("rdev_leave_mesh", "what the end of an interface or mesh does has the cause unknown");
    costs.put(
        "rdev_return_int",
        "a command that is done may be named as the cause of what its process does within 10 s");
  }
}
