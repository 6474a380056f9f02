package dev.meshpath.http;

import dev.meshpath.config.Audience;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happens on this node now, for the page at / and for programs. It names stations, commands
 * and the addresses of packets: unlike numbers, it does not go to everybody.
 *
 * @param node the devices, their paths and peers: a JSON object
 * @param events the last ones and those to come
 * @param to whom it goes
 */
public record Live(Supplier<String> node, Events events, Audience to) {
  /** What others get. */
  static final String PRIVATE =
      "live data is private: ask from this machine as localhost, or start meshpath with"
          + " --web.events-to=all.\n";

  /** Events, numbered from 1. Neither call waits. */
  public interface Events {
    /** The number of the last one; 0: none yet. */
    long newest();

    /** At most {@code most} of those after number {@code after}. */
    Batch after(long after, int most);
  }

  /**
   * Events in their order.
   *
   * @param missed so many before them are there no more
   * @param events each with its number
   */
  public record Batch(long missed, List<Event> events) {}

  /**
   * One event.
   *
   * @param number its place
   * @param json a JSON object on one line
   */
  public record Event(long number, String json) {}
}
