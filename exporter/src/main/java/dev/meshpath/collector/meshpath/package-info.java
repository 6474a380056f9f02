/**
 * The mesh path table: bpf/mesh_path sees its changes, {@link
 * dev.meshpath.collector.meshpath.MeshPathRecord} decodes them, {@link
 * dev.meshpath.collector.meshpath.MeshPathTable} follows them, {@link
 * dev.meshpath.collector.meshpath.MeshPathMetrics} shows them. May use {@code collector}, {@code
 * record}, {@code libbpf}, {@code ffi}, {@code net} and {@code failure}, and in {@code
 * MeshPathMetrics} the Prometheus model.
 */
@NullMarked
package dev.meshpath.collector.meshpath;

import org.jspecify.annotations.NullMarked;
