package dev.meshpath.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events as server-sent events (WHATWG HTML, 9.2) to a few clients at a time. Each has a virtual
 * thread of its own, none of the server's: scrapes find theirs free, whatever a client does. A slow
 * one waits for itself alone, and is told how many it missed.
 *
 * <pre>
 * id: 19aa3c-17
 * data: {"time":"2026-01-31T12:00:00Z", ...}
 *
 * event: missed
 * data: {"mesh.events.missed":12}
 * </pre>
 */
final class EventStreams implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(EventStreams.class);

  /** Operators with a page open, and some scripts. */
  static final int MOST_CLIENTS = 16;

  /** What a newcomer gets of the past, unless it asks for less. */
  static final int PAST = 200;

  /** So late is an event at most; and so often an idle client is looked after. */
  private static final long LOOK_MS = 100;

  /** Only who writes notices that a client is gone. */
  private static final long BEAT_NS = TimeUnit.SECONDS.toNanos(3);

  private static final long STOP_MS = 300;
  private static final String LAST_ID = "Last-Event-ID";

  private final Live.Events events;
  private final Semaphore places = new Semaphore(MOST_CLIENTS);
  private final Set<Thread> clients = ConcurrentHashMap.newKeySet();
  private final LongAdder missed = new LongAdder();

  /** Part of each id: numbers begin anew with each start. */
  private final String run = Long.toHexString(System.currentTimeMillis());

  private volatile boolean closed;

  EventStreams(Live.Events events) {
    this.events = events;
  }

  /** How many follow now. */
  int clients() {
    return clients.size();
  }

  /** How many events were too fast for a client. */
  long missed() {
    return missed.sum();
  }

  void answer(Context context) throws IOException {
    int past = past(context.queryParam("last"));
    if (past < 0) {
      context
          .status(HttpStatus.BAD_REQUEST)
          .result("last cannot be that: write how many events of the past, 0 to " + PAST + ".\n");
      return;
    }
    if (!places.tryAcquire()) {
      context
          .status(HttpStatus.SERVICE_UNAVAILABLE)
          .header("Retry-After", "5")
          .result(MOST_CLIENTS + " clients follow the events already: close one of them.\n");
      return;
    }
    context
        .contentType("text/event-stream; charset=utf-8")
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no");
    long from = from(context.header(LAST_ID), past);
    OutputStream out = context.res().getOutputStream();
    context.future(
        () -> {
          AsyncContext request = context.req().getAsyncContext();
          Thread client =
              Thread.ofVirtual().name("events").unstarted(() -> serve(from, out, request));
          clients.add(client);
          client.start();
          return new CompletableFuture<@Nullable Void>(); // never ends: see end()
        });
  }

  private void serve(long from, OutputStream out, AsyncContext request) {
    try {
      follow(from, out);
    } catch (IOException e) {
      logger.debug("a client is gone: {}", e.toString());
    } catch (InterruptedException e) {
      logger.debug("a client is let go");
    } finally {
      clients.remove(Thread.currentThread());
      places.release();
      end(request);
    }
  }

  /**
   * Not by way of Javalin, which would have the handlers that follow look at the request again. If
   * the server has ended that, because it stops or the connection broke, they fail, and
   * JavalinServlet.kt:handleTask has the failure fail again, for ever.
   */
  private static void end(AsyncContext request) {
    try {
      request.complete();
    } catch (IllegalStateException e) {
      logger.debug("the server has ended it: {}", e.toString());
    }
  }

  private static int past(@Nullable String last) {
    if (last == null) {
      return PAST;
    }
    return last.matches("\\d{1,3}") && Integer.parseInt(last) <= PAST ? Integer.parseInt(last) : -1;
  }

  /** The number of the last event that the client has, or is not to have. */
  private long from(@Nullable String lastId, int past) {
    long newest = events.newest();
    if (lastId != null && lastId.matches(run + "-\\d{1,18}")) {
      return Math.min(newest, Long.parseLong(lastId.substring(run.length() + 1)));
    }
    return Math.max(0, newest - past);
  }

  private void follow(long from, OutputStream out) throws IOException, InterruptedException {
    long seen = from;
    send(": meshpath\n\n", out);
    long beatNs = System.nanoTime();
    while (!closed) {
      Live.Batch batch = events.after(seen, PAST);
      seen += batch.missed() + batch.events().size();
      if (batch.missed() > 0 || !batch.events().isEmpty()) {
        missed.add(batch.missed());
        send(text(batch), out);
        beatNs = System.nanoTime();
      } else if (System.nanoTime() - beatNs >= BEAT_NS) {
        send(":\n\n", out);
        beatNs = System.nanoTime();
      }
      if (batch.events().size() < PAST) {
        Thread.sleep(LOOK_MS);
      }
    }
  }

  private String text(Live.Batch batch) {
    StringBuilder text = new StringBuilder();
    if (batch.missed() > 0) {
      text.append("event: missed\ndata: {\"mesh.events.missed\":")
          .append(batch.missed())
          .append("}\n\n");
    }
    for (Live.Event event : batch.events()) {
      text.append("id: ").append(run).append('-').append(event.number());
      text.append("\ndata: ").append(event.json()).append("\n\n");
    }
    return text.toString();
  }

  private static void send(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Lets all clients go, those that do not read, too. */
  @Override
  public void close() {
    closed = true;
    try {
      for (Thread client : clients) {
        client.interrupt();
        client.join(STOP_MS / MOST_CLIENTS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
