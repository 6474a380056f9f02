package dev.meshpath.config;

/**
 * How much of frames leaves the kernel.
 *
 * @param frameBytes of an HWMP or peering frame: 28 (up to its first element) to 288 (any)
 * @param dataFrameBytes of a data frame: 0 to 96, 32 less where the kernel has it in Ethernet form;
 *     74 are its headers: up to ARP, or IPv4 and ports
 */
public record SnapLengths(int frameBytes, int dataFrameBytes) {
  /** The least of a path selection frame: what kind it is shows there. */
  public static final int LEAST_FRAME_BYTES = 28;

  /** Any HWMP frame. */
  public static final int MOST_FRAME_BYTES = 288;

  /** The most of a data frame. */
  public static final int MOST_DATA_FRAME_BYTES = 96;

  /** Whole HWMP frames, headers of data frames. */
  public static final SnapLengths DEFAULT = new SnapLengths(MOST_FRAME_BYTES, 74);
}
