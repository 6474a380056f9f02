package dev.meshpath.cli;

import dev.meshpath.config.AttachMode;
import dev.meshpath.config.Audience;
import dev.meshpath.config.CaptureConfig;
import dev.meshpath.config.Durations;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.config.OtlpProtocol;
import dev.meshpath.config.RingSize;
import dev.meshpath.config.SnapLengths;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the text of a flag to its value; what is wrong becomes the sentence that the user reads. */
final class Converters {
  private static final int HIGHEST_COUNT = 1024;

  private static final Duration SECOND = Duration.ofSeconds(1);

  private Converters() {}

  static final class Address implements ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      return read(text, ListenAddress::parse);
    }
  }

  static final class Scope implements ITypeConverter<NetnsScope> {
    @Override
    public NetnsScope convert(String text) {
      return word(text, NetnsScope.values());
    }
  }

  static final class Level implements ITypeConverter<LogLevel> {
    @Override
    public LogLevel convert(String text) {
      return word(text, LogLevel.values());
    }
  }

  static final class Format implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String text) {
      return word(text, LogFormat.values());
    }
  }

  static final class Attach implements ITypeConverter<AttachMode> {
    @Override
    public AttachMode convert(String text) {
      return word(text, AttachMode.values());
    }
  }

  static final class BtfFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      Path file = Path.of(text);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new TypeConversionException(
            "'" + text + "' is no file that can be read: name a BTF file, as pahole writes it");
      }
      return file.toAbsolutePath();
    }
  }

  static final class Ring implements ITypeConverter<RingSize> {
    @Override
    public RingSize convert(String text) {
      return read(text, RingSize::parse);
    }
  }

  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return read(text, Durations::parse);
    }
  }

  /** 0 to the kernel's own limit of paths a device, MESH_MAX_MPATHS of net/mac80211/mesh.h. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(text, 0, HIGHEST_COUNT, 256);
    }
  }

  /** How much of an HWMP or peering frame. */
  static final class FrameBytes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(
          text,
          SnapLengths.LEAST_FRAME_BYTES,
          SnapLengths.MOST_FRAME_BYTES,
          SnapLengths.MOST_FRAME_BYTES);
    }
  }

  /** How much of a data frame. */
  static final class DataFrameBytes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(text, 0, SnapLengths.MOST_DATA_FRAME_BYTES, SnapLengths.MOST_DATA_FRAME_BYTES);
    }
  }

  /** Items in a queue. */
  static final class Queue implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(text, 64, 1_048_576, 32_768);
    }
  }

  /** One in so many. */
  static final class Sampling implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(text, 1, 1_000_000, 100);
    }
  }

  static final class Protocol implements ITypeConverter<OtlpProtocol> {
    @Override
    public OtlpProtocol convert(String text) {
      return word(text, OtlpProtocol.values());
    }
  }

  static final class Endpoint implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.matches("https?://[^/\\s]+(/\\S*)?")) {
        return text;
      }
      throw new TypeConversionException(
          "'" + text + "' is no URL of a collector: write one, as http://localhost:4317");
    }
  }

  /** Where an exporter serves. */
  static final class ServerUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      if (text.matches("https?://([\\w.-]+|\\[[0-9a-fA-F:]+])(:\\d{1,5})?/?")) {
        return URI.create(text);
      }
      throw new TypeConversionException(
          "'" + text + "' is no URL of an exporter: write one, as http://localhost:10211");
    }
  }

  /** A MAC address, in the form of span attributes. */
  static final class Station implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.matches("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}")) {
        return text.toUpperCase(Locale.ROOT).replace(':', '-');
      }
      throw new TypeConversionException(
          "'" + text + "' is no MAC address: write one, as 02:00:00:00:01:00");
    }
  }

  /** Events of the past. */
  static final class Past implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(text, 0, 200, 10);
    }
  }

  static final class NewFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      Path file = Path.of(text).toAbsolutePath();
      Path directory = file.getParent();
      if (Files.isDirectory(file) || directory == null || !Files.isDirectory(directory)) {
        throw new TypeConversionException(
            "'" + text + "' is no file that can be written: name one in a directory that exists");
      }
      return file;
    }
  }

  /** The name of a network device, as net/core/dev.c:dev_valid_name takes it. */
  static final class Device implements ITypeConverter<String> {
    private static final int MAX_BYTES = 15;

    @Override
    public String convert(String text) {
      if (!text.matches("[^/:\\s]+") || text.length() > MAX_BYTES || text.matches("\\.\\.?")) {
        throw new TypeConversionException(
            "'" + text + "' is no name of a network device: name one as mon0");
      }
      return text;
    }
  }

  static final class Recipients implements ITypeConverter<Audience> {
    @Override
    public Audience convert(String text) {
      return word(text, Audience.values());
    }
  }

  /** Room for captures or a recording. */
  static final class FileBytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (text.matches("\\d{1,13}")
          && Long.parseLong(text) >= CaptureConfig.LEAST_BYTES
          && Long.parseLong(text) <= CaptureConfig.MOST_BYTES) {
        return Long.parseLong(text);
      }
      throw new TypeConversionException(
          "'"
              + text
              + "' is no number of bytes from "
              + CaptureConfig.LEAST_BYTES
              + " to "
              + CaptureConfig.MOST_BYTES
              + ": write one, as "
              + CaptureConfig.NONE.maxBytes());
    }
  }

  /** At most 32 bytes, IEEE 802.11-2020, 9.4.2.98. */
  static final class MeshIdText implements ITypeConverter<String> {
    private static final int MOST_BYTES = 32;

    @Override
    public String convert(String text) {
      if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
        throw new TypeConversionException(
            "'" + text + "' is no mesh id: write one of at most " + MOST_BYTES + " bytes");
      }
      return text;
    }
  }

  /** A factor; of max an infinite one. */
  static final class Speed implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      if (text.equals("max")) {
        return Double.POSITIVE_INFINITY;
      }
      if (text.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0) {
        return Double.parseDouble(text);
      }
      throw new TypeConversionException(
          "'" + text + "' is no speed: write a factor greater than 0, as 1 or 0.5, or max");
    }
  }

  /** Of a penalty. */
  static final class Points implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return within(text, 0, 1_000_000, 1000);
    }
  }

  /** After which a penalty is half of what it was. */
  static final class HalfLife implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return secondOrMore(text, "60s");
    }
  }

  /** How old something may get. */
  static final class Age implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return secondOrMore(text, "24h");
    }
  }

  /** How often something is sent. */
  static final class PushInterval implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return secondOrMore(text, "60s");
    }
  }

  private static Duration secondOrMore(String text, String example) {
    Duration duration = read(text, Durations::parse);
    if (duration.compareTo(SECOND) < 0) {
      throw new TypeConversionException(
          "'" + text + "' is too short: write 1s or more, as " + example);
    }
    return duration;
  }

  private static int within(String text, int least, int most, int example) {
    if (text.matches("\\d{1,7}")
        && Integer.parseInt(text) >= least
        && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new TypeConversionException(
        "'" + text + "' is no number from " + least + " to " + most + ": write one, as " + example);
  }

  private static <T> T read(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static <E extends Enum<E>> E word(String text, E[] values) {
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not possible: write "
            + String.join(
                " or ",
                Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList()));
  }
}
