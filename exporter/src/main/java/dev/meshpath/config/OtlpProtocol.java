package dev.meshpath.config;

/** How a collector is spoken to. */
public enum OtlpProtocol {
  /** OTLP over gRPC, by custom on port 4317. */
  GRPC("grpc"),
  /** OTLP over HTTP, by custom on port 4318. */
  HTTP("http/protobuf");

  private final String otelName;

  OtlpProtocol(String otelName) {
    this.otelName = otelName;
  }

  /** The word of {@code OTEL_EXPORTER_OTLP_PROTOCOL}. */
  public String otelName() {
    return otelName;
  }
}
