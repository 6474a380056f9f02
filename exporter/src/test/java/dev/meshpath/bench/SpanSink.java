package dev.meshpath.bench;

import com.sun.net.httpserver.HttpServer;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** An OTLP receiver on this machine that reads all and keeps nothing. */
final class SpanSink implements AutoCloseable {
  /** What an exporter to it needs of the environment. */
  static final Map<String, String> ENVIRONMENT = Map.of("OTEL_EXPORTER_OTLP_COMPRESSION", "none");

  private final HttpServer server;

  SpanSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          try (InputStream in = request.getRequestBody()) {
            in.skipNBytes(Long.parseLong(request.getRequestHeaders().getFirst("Content-Length")));
          }
          request.sendResponseHeaders(200, -1);
          request.close();
        });
    server.start();
  }

  /** Everything to it, each refresh a span. */
  OtlpConfig config(int queueItems) {
    return new OtlpConfig(
        "http://127.0.0.1:" + server.getAddress().getPort(),
        OtlpProtocol.HTTP,
        null,
        null,
        queueItems,
        1,
        null);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
