/**
 * The mesh path table: bpf/mesh_path sees its events and what caused them, {@link
 * dev.meshpath.collector.meshpath.MeshPathPrograms} attaches it, {@link
 * dev.meshpath.collector.meshpath.MeshPathRecord} decodes, {@link
 * dev.meshpath.collector.meshpath.MeshPathTable} follows, {@link
 * dev.meshpath.collector.meshpath.MeshPathMetrics} shows. What the moves of a path amount to is
 * judged in {@code churn}. May use {@code collector}, {@code record}, {@code frame}, {@code
 * libbpf}, {@code ffi}, {@code nl80211}, {@code net} and {@code failure}, and in {@code *Metrics}
 * the Prometheus client.
 */
@NullMarked
package dev.meshpath.collector.meshpath;

import org.jspecify.annotations.NullMarked;
