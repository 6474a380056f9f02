package dev.meshpath.client;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks an exporter, and says in a sentence why there is no answer. */
final class ExporterClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int MOST_OF_A_SENTENCE = 300;

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY) // one on this machine
          .connectTimeout(PATIENCE)
          .build();

  /**
   * @param url where it serves
   */
  ExporterClient(URI url) {
    this.url = url;
  }

  /**
   * The body of the answer, as it comes.
   *
   * @throws Failure if there is none
   */
  InputStream get(String path, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path)).header("Accept", type).timeout(PATIENCE).build();
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      if (answer.statusCode() != OK) {
        throw new Failure(url + " answers " + answer.statusCode() + ": " + sentence(answer));
      }
      if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(type)) {
        throw foreign();
      }
      return answer.body();
    } catch (IOException e) {
      String why = e instanceof ConnectException ? "connection refused" : e.toString();
      throw new Failure(
          "no exporter answers at "
              + url
              + " ("
              + why
              + "): start meshpath, or name where one serves with --web.url.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted before " + url + " answered.", e);
    }
  }

  /** What is to be said if the answer makes no sense. */
  Failure foreign() {
    return new Failure(
        "what answers at " + url + " is no exporter of this version: name one with --web.url.");
  }

  private static String sentence(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      String text = new String(body.readNBytes(MOST_OF_A_SENTENCE), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("nothing").strip();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
