package dev.meshpath.collector.meshpath.foreign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.net.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of events: a JSON array of objects. Addresses are arrays of six numbers, or texts;
 * times {@code {"secs_since_epoch":1,"nanos_since_epoch":2}}. The tool ends the array when it ends
 * itself: one that has no end, because it was killed, is read as far as it goes.
 */
final class EventFile {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long MOST_SECONDS = Long.MAX_VALUE / NS_PER_SECOND - 1;
  private static final int OCTETS = 6;

  private final JsonParser json;
  private final List<ForeignEvent> events = new ArrayList<>();
  private boolean whole = true;

  /** The fields of one event, while it is read. */
  private static final class Fields {
    private long id;
    private @Nullable Long epochNs;
    private List<Long> packets = List.of();
    private String action = "";
    private long mac;
    private String iface = "";
    private @Nullable Long destination;
    private long oldNextHop;
    private long newNextHop;
    private int frameControl;
    private int sequenceControl;
    private int qosControl = FrameHeader.ABSENT;
    private final Long[] addresses = new Long[4];

    Fields() {
      Arrays.fill(addresses, MacAddress.NONE);
    }
  }

  private EventFile(Path file) throws IOException, ForeignException {
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      json = parser;
      read();
    } catch (JsonProcessingException e) {
      throw new ForeignException(
          "is no JSON at line "
              + e.getLocation().getLineNr()
              + " ("
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + "): name an event file");
    }
  }

  /**
   * Reads all of it.
   *
   * @throws ForeignException if it is no event file
   */
  static EventFile read(Path file) throws IOException, ForeignException {
    return new EventFile(file);
  }

  List<ForeignEvent> events() {
    return events;
  }

  /** Whether the array has its end. */
  boolean isWhole() {
    return whole;
  }

  private void read() throws IOException, ForeignException {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw new ForeignException("is no array of events: name an event file");
    }
    try {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        events.add(event());
      }
    } catch (com.fasterxml.jackson.core.io.JsonEOFException e) {
      whole = false;
      return;
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      whole = json.currentToken() != null;
      if (whole) {
        throw new ForeignException(
            "has something else than an event behind event "
                + events.size()
                + ": name an event file");
      }
    }
  }

  private ForeignEvent event() throws IOException, ForeignException {
    Fields fields = new Fields();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "id" -> fields.id = number();
        case "ts" -> fields.epochNs = time();
        case "pkts" -> fields.packets = numbers();
        case "action" -> fields.action = json.getText();
        case "mac" -> fields.mac = address();
        case "iface" -> fields.iface = json.getText();
        case "dst" -> fields.destination = address();
        case "old_nh" -> fields.oldNextHop = address();
        case "new_nh" -> fields.newNextHop = address();
        case "frm_ctrl" -> fields.frameControl = (int) number() & 0xffff;
        case "seq_ctrl" -> fields.sequenceControl = (int) number() & 0xffff;
        case "qos_ctrl" -> fields.qosControl = (int) number() & 0xffff;
        case "addr1", "addr2", "addr3", "addr4" ->
            fields.addresses[name.charAt(4) - '1'] = address();
        default -> json.skipChildren();
      }
    }
    Long epochNs = fields.epochNs;
    Long destination = fields.destination;
    if (epochNs == null || destination == null || fields.action.isEmpty()) {
      throw new ForeignException(
          "has an event without "
              + (epochNs == null ? "ts" : destination == null ? "dst" : "action")
              + ", number "
              + (events.size() + 1)
              + ": name an event file");
    }
    return new ForeignEvent(
        fields.id,
        epochNs,
        fields.packets,
        fields.action,
        fields.mac,
        fields.iface,
        destination,
        fields.oldNextHop,
        fields.newNextHop,
        fields.frameControl,
        fields.sequenceControl,
        fields.qosControl,
        Arrays.asList(fields.addresses));
  }

  private long number() throws IOException, ForeignException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong("a number");
    }
    return json.getLongValue();
  }

  private List<Long> numbers() throws IOException, ForeignException {
    List<Long> numbers = new ArrayList<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("an array of numbers");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      numbers.add(number());
    }
    return numbers;
  }

  private long time() throws IOException, ForeignException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("a time as {\"secs_since_epoch\":1,\"nanos_since_epoch\":2}");
    }
    long seconds = 0;
    long nanoseconds = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "secs_since_epoch" -> seconds = number();
        case "nanos_since_epoch" -> nanoseconds = number();
        default -> json.skipChildren();
      }
    }
    if (seconds < 0 || seconds > MOST_SECONDS || nanoseconds < 0 || nanoseconds >= NS_PER_SECOND) {
      throw wrong("a time since 1970");
    }
    return seconds * NS_PER_SECOND + nanoseconds;
  }

  private long address() throws IOException, ForeignException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      try {
        return MacAddress.parse(json.getText());
      } catch (IllegalArgumentException e) {
        throw wrong("an address as \"02:00:00:00:01:00\"");
      }
    }
    List<Long> octets = numbers();
    if (octets.size() != OCTETS || octets.stream().anyMatch(octet -> octet < 0 || octet > 0xff)) {
      throw wrong("an address of six octets");
    }
    long address = 0;
    for (long octet : octets) {
      address = address << Byte.SIZE | octet;
    }
    return address;
  }

  private ForeignException wrong(String expected) throws IOException {
    return new ForeignException(
        "has "
            + json.currentName()
            + " of event "
            + (events.size() + 1)
            + " at line "
            + json.currentLocation().getLineNr()
            + ", which is not "
            + expected
            + ": name an event file");
  }
}
