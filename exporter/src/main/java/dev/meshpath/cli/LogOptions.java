package dev.meshpath.cli;

import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import picocli.CommandLine.Option;

/** What is logged. */
final class LogOptions {
  @Option(
      names = "--log.level",
      paramLabel = "debug|info|warn|error",
      defaultValue = "info",
      converter = Converters.Level.class,
      description = "What to log. Default: ${DEFAULT-VALUE}")
  private LogLevel level = LogLevel.INFO;

  @Option(
      names = "--log.format",
      paramLabel = "text|json",
      defaultValue = "text",
      converter = Converters.Format.class,
      description = "Form of the log on standard error. Default: ${DEFAULT-VALUE}")
  private LogFormat format = LogFormat.TEXT;

  LogLevel level() {
    return level;
  }

  LogFormat format() {
    return format;
  }
}
