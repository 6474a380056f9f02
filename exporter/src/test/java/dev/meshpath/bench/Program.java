package dev.meshpath.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program under measurement that serves /metrics, scraped as Prometheus does. */
final class Program implements AutoCloseable {
  private static final String METRICS = "/metrics";

  private final Process process;

  /** Starts it; what it logs goes nowhere. */
  Program(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
  }

  /** Its first line, which is its port. */
  int readPort() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = process.getInputStream().read(); c >= '0'; c = process.getInputStream().read()) {
      line.append((char) c);
    }
    return Integer.parseInt(line, 0, line.length(), 10);
  }

  /** All series, as text and not compressed. */
  String series(int port) throws IOException {
    return new String(get(port, METRICS, Map.of("Accept", "text/plain")), StandardCharsets.UTF_8);
  }

  /** One scrape with the headers of Prometheus 3, over a connection that stays open. */
  void scrape(int port) throws IOException {
    get(
        port,
        METRICS,
        Map.of(
            "Accept",
            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2",
            "Accept-Encoding",
            "gzip"));
  }

  /** The shortest answer that it gives: what the way there and back costs. */
  void greet(int port) throws IOException {
    get(port, "/-/healthy", Map.of());
  }

  /** Throws if it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the program ended with exit code " + process.exitValue());
    }
  }

  /** What it keeps in memory, in MiB: VmRSS. */
  double rssMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
    process.onExit().join();
  }

  /** On this thread alone: the handing over between threads of a client is not to be measured. */
  private static byte[] get(int port, String path, Map<String, String> headers) throws IOException {
    URL url = URI.create("http://127.0.0.1:" + port + path).toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    headers.forEach(connection::setRequestProperty);
    try (InputStream body = connection.getInputStream()) { // throws if the status is an error
      return body.readAllBytes();
    }
  }
}
