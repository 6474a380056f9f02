package dev.meshpath.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.List;

/**
 * Captured frames for download. They are private: unlike numbers, they do not go to everybody.
 *
 * @param source where they are
 * @param toAll whether they go to other machines, too
 */
public record Captures(Source source, boolean toAll) {
  private static final String PCAPNG = "application/x-pcapng";

  /** What a proxy adds on behalf of somebody else. */
  private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For");

  /** Where captured frames are. */
  @FunctionalInterface
  public interface Source {
    /** Writes those that {@code query} asks for, as a pcapng file. */
    void copy(CaptureQuery query, OutputStream to) throws IOException;
  }

  void answer(Context context) throws IOException {
    if (!toAll && !isFromHere(context)) {
      context
          .status(HttpStatus.FORBIDDEN)
          .result(
              "frames are private: ask from this machine as localhost, or start meshpath with"
                  + " --web.captures-to=all.\n");
      return;
    }
    CaptureQuery query;
    try {
      query = CaptureQuery.parse(context.queryParamMap());
    } catch (IllegalArgumentException e) {
      context.status(HttpStatus.BAD_REQUEST).result(e.getMessage() + ".\n");
      return;
    }
    context
        .contentType(PCAPNG)
        .header("Content-Disposition", "attachment; filename=\"meshpath.pcapng\"")
        .header("Cache-Control", "no-store");
    source.copy(query, context.outputStream());
  }

  /**
   * Whether the client is on this machine and nobody else's: the page of a foreign name that leads
   * here (DNS rebinding) shows by the name, and what a proxy hands on by its header.
   */
  private static boolean isFromHere(Context context) {
    return FORWARDED.stream().noneMatch(name -> context.header(name) != null)
        && isLoopback(context.req().getRemoteAddr())
        && ("localhost".equals(context.req().getServerName())
            || isLoopback(context.req().getServerName()));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
