package dev.meshpath.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows the header of a frame. Offsets count from the first byte of the frame. */
public sealed interface Body {
  /**
   * An action frame of the mesh: HWMP (category 13, action 1) or peering (category 15, actions 1 to
   * 3).
   *
   * @param elements in the order of the frame; those that are neither HWMP nor peering are passed
   *     over
   * @param offset where the category is
   * @param length from the category on, of what is there
   */
  record Action(List<Element> elements, int offset, int length) implements Body {
    /** Copies the elements. */
    public Action {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A data frame.
   *
   * @param meshControl null where there is none
   * @param aggregated whether several MSDUs follow, each with its own mesh control (A-MSDU)
   * @param etherType of an Ethernet frame; {@link FrameHeader#ABSENT} where LLC says it
   * @param offset where the LLC header, or behind an Ethernet header the packet, begins
   * @param length from there on, of what is there
   */
  record Data(
      @Nullable MeshControl meshControl, boolean aggregated, int etherType, int offset, int length)
      implements Body {}

  /** A body that is encrypted. */
  record Protected() implements Body {}

  /** Anything else: beacons, control frames, null data, actions of other categories. */
  record Other() implements Body {}
}
