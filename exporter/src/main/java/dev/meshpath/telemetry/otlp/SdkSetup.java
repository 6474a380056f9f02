package dev.meshpath.telemetry.otlp;

import dev.meshpath.config.OtlpConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.telemetry.BuildInfo;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * An SDK that is set up by OpenTelemetry's own variables; what we say is weaker, but for what the
 * user said to us.
 */
final class SdkSetup {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final AutoConfiguredOpenTelemetrySdkBuilder builder =
      AutoConfiguredOpenTelemetrySdk.builder();

  /**
   * @param defaults properties of the SDK, which are the variables in lower case with dots
   * @param asked the same, but stronger than the variables
   */
  SdkSetup(
      OtlpConfig config, BuildInfo build, Map<String, String> defaults, Map<String, String> asked) {
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install(); // else the SDK would write into our log in a form of its own
    }
    Map<String, String> properties = new HashMap<>(defaults);
    properties.put("otel.service.name", "meshpath");
    properties.put("otel.exporter.otlp.protocol", config.protocol().otelName());
    Map<String, String> stronger = new HashMap<>(asked);
    if (config.endpoint() != null) {
      stronger.put("otel.exporter.otlp.endpoint", config.endpoint());
    }
    Resource ours =
        Resource.create(
            Attributes.builder()
                .put("service.version", build.version())
                .put("host.name", hostName())
                .build());
    builder
        .disableShutdownHook()
        .addPropertiesSupplier(() -> properties)
        .addPropertiesCustomizer(_ -> stronger)
        .addResourceCustomizer((resource, _) -> ours.merge(resource));
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** For what is particular to a signal. */
  AutoConfiguredOpenTelemetrySdkBuilder builder() {
    return builder;
  }

  /**
   * The SDK; nothing is connected yet.
   *
   * @throws Failure if a setting makes no sense
   */
  OpenTelemetrySdk build() {
    try {
      return builder.build().getOpenTelemetrySdk();
    } catch (ConfigurationException | IllegalArgumentException e) {
      throw new Failure(
          "the settings of OpenTelemetry do not work ("
              + e.getMessage()
              + "): check --otlp.endpoint and the variables OTEL_*.");
    }
  }
}
