package dev.meshpath.frame;

import java.util.OptionalInt;

/**
 * What a radio said of a frame that it received.
 *
 * @param signalDbm how strong it was
 * @param rateKbps how fast; empty for HT and later, whose rates are other fields
 * @param mhz the channel's centre frequency
 * @param radiotap the radiotap header in front of it, as it is where neither padding nor a frame
 *     check sequence follow; not to be changed. Empty where the radio speaks something else
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Reception(
    OptionalInt signalDbm, OptionalInt rateKbps, OptionalInt mhz, byte[] radiotap) {
  /** Nothing. */
  public static final Reception UNKNOWN = ofSignal(OptionalInt.empty());

  /** A radio that tells no more than that. */
  public static Reception ofSignal(OptionalInt signalDbm) {
    return new Reception(signalDbm, OptionalInt.empty(), OptionalInt.empty(), new byte[0]);
  }
}
