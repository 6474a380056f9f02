package dev.meshpath.collector.meshpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.PathCause;
import org.junit.jupiter.api.Test;

class CaptureSelectionTest {
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  @Test
  void commentSaysWhatHappened() {
    EventNote change =
        EventNote.of(
            Events.event(
                Events.MESH0,
                Events.station(2),
                1,
                MeshPathChange.CHANGE,
                PathCause.PREP,
                Events.state(Events.station(2), 0, Events.USABLE),
                Events.state(Events.station(1), 0, Events.USABLE)),
            TRACE);
    assertThat(change)
        .hasToString(
            "change 02:00:00:00:02:00, next hop 02:00:00:00:02:00 -> 02:00:00:00:01:00, by prep,"
                + " trace "
                + TRACE);
    assertThat(EventNote.of(Events.peerState(Events.station(3), 3, 4), ""))
        .hasToString("peer_state 02:00:00:00:03:00, estab, by unknown");
    assertThat(EventNote.of(Events.delete(Events.MESH0, Events.station(2), 1), TRACE))
        .hasToString("delete 02:00:00:00:02:00, by timer, trace " + TRACE);
    assertThat(
            EventNote.of(
                Events.nextHop(
                    Events.MESH0,
                    Events.station(2),
                    1,
                    MeshPathChange.ASSIGN,
                    Events.station(1),
                    1,
                    1),
                ""))
        .hasToString("assign 02:00:00:00:02:00, next hop 02:00:00:00:01:00, by prep");
    assertThat(new EventNote(EventNote.SENT, "", TRACE)).hasToString("sent trace " + TRACE);
  }

  @Test
  void commentIsReadAgain() {
    assertThat(EventNote.parse("change 02:00, by prep, trace " + TRACE))
        .isEqualTo(new EventNote("change", "", TRACE));
    assertThat(EventNote.parse("sent trace " + TRACE)).isEqualTo(new EventNote("sent", "", TRACE));
    assertThat(EventNote.parse("received")).isEqualTo(new EventNote("received", "", ""));
    assertThat(EventNote.parse("")).isEqualTo(new EventNote("", "", ""));
  }
}
