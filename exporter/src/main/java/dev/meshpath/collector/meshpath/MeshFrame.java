package dev.meshpath.collector.meshpath;

import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.Reception;

/**
 * An HWMP or peering frame that a device received or sent, {@code struct mesh_frame_record} of
 * bpf/mesh_path/mesh_path.h.
 *
 * @param ktimeNs received: when its handling ended, after all events that it caused; sent: when it
 *     was handed on; CLOCK_MONOTONIC in nanoseconds
 * @param cpu where
 * @param device which one
 * @param direction received or sent
 * @param beganNs received: when its handling began, as {@link Cause#beganNs} of what it caused has
 *     it; sent: as {@code ktimeNs}
 * @param meshPath of a discovery's PREQ: the entry's address in the kernel; else 0
 * @param attempt of a discovery's PREQ: which one it is, from 1 on; else 0
 * @param frame its bytes; of a sent one the sequence control is not final
 * @param cause of a sent frame: what made the kernel send it; of a received one: itself
 */
public record MeshFrame(
    long ktimeNs,
    int cpu,
    MeshPathEvent.Device device,
    Direction direction,
    long beganNs,
    long meshPath,
    int attempt,
    FrameSnapshot frame,
    Cause cause) {
  /** The same, of which a radio said that. */
  public MeshFrame received(Reception by) {
    return new MeshFrame(
        ktimeNs, cpu, device, direction, beganNs, meshPath, attempt, frame.received(by), cause);
  }

  /** {@code enum frame_direction}. */
  public enum Direction {
    /** From a peer, or from somebody who is none. */
    RECEIVED,
    /** Handed on to the driver. */
    SENT
  }
}
