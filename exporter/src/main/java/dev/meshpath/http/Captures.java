package dev.meshpath.http;

import dev.meshpath.config.Audience;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Captured frames for download. They are private: unlike numbers, they do not go to everybody.
 *
 * @param source where they are
 * @param to whom they go
 */
public record Captures(Source source, Audience to) {
  private static final String PCAPNG = "application/x-pcapng";

  /** Where captured frames are. */
  @FunctionalInterface
  public interface Source {
    /** Writes those that {@code query} asks for, as a pcapng file. */
    void copy(CaptureQuery query, OutputStream to) throws IOException;
  }

  void answer(Context context) throws IOException {
    if (!Asker.isOf(to, context)) {
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
}
