package dev.meshpath.http;

import dev.meshpath.config.ListenAddress;
import dev.meshpath.failure.Failure;
import dev.meshpath.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Compressor;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves what the program has to say, to many clients at a time. */
public final class HttpServer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(HttpServer.class);

  /** A scrape or two and a curious person; Jetty itself takes three. */
  private static final int THREADS = 12;

  private static final int IDLE_MS = 30_000;

  /** The fastest: names repeat so much that a scrape is a tenth of its size even so. */
  private static final CompressionStrategy COMPRESSION =
      new CompressionStrategy(null, new Gzip(1), null);

  private static final int USUAL_SCRAPE_BYTES = 16 * 1024;

  private final Javalin javalin;
  private final EventStreams streams;

  private HttpServer(Javalin javalin, EventStreams streams) {
    this.javalin = javalin;
    this.streams = streams;
  }

  /**
   * Starts to listen.
   *
   * @param ready whether /-/ready says yes
   * @param landing the page at /
   * @param captures what /captures has; null: nothing is captured
   * @param live what happens now
   * @throws Failure if it cannot listen there
   */
  public static HttpServer start(
      ListenAddress listen,
      Telemetry telemetry,
      BooleanSupplier ready,
      LandingPage landing,
      @Nullable Captures captures,
      Live live) {
    EventStreams streams = new EventStreams(live.events());
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.compressionStrategy = COMPRESSION;
              config.jetty.threadPool = new QueuedThreadPool(THREADS, 1, IDLE_MS);
              routes(config, telemetry, ready, captures);
              PageFiles.routes(config.routes);
              pages(config.routes, landing, live, streams);
            });
    try {
      return new HttpServer(
          listen.host().isEmpty()
              ? javalin.start(listen.port())
              : javalin.start(listen.host(), listen.port()),
          streams);
    } catch (JavalinException e) {
      throw new Failure(
          "cannot listen on "
              + listen
              + " ("
              + reason(e)
              + "): stop what listens there, or choose another with --web.listen-address.",
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Clients that follow the events now. */
  public int clients() {
    return streams.clients();
  }

  /** Events that were too fast for a client. */
  public long missed() {
    return streams.missed();
  }

  @Override
  public void close() {
    streams.close();
    javalin.stop();
  }

  private static void routes(
      JavalinConfig config,
      Telemetry telemetry,
      BooleanSupplier ready,
      @Nullable Captures captures) {
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          logger.error("{} failed", context.path(), e);
          context.status(HttpStatus.INTERNAL_SERVER_ERROR).result("see the log of meshpath\n");
        });
    config.routes.get("/metrics", context -> metrics(context, telemetry));
    config.routes.get(
        "/captures",
        context -> {
          if (captures == null) {
            context
                .status(HttpStatus.NOT_FOUND)
                .result("nothing is captured: start meshpath with --capture.file=FILE.\n");
          } else {
            captures.answer(context);
          }
        });
    config.routes.get("/-/healthy", context -> context.result("meshpath is healthy.\n"));
    config.routes.get(
        "/-/ready",
        context -> {
          if (ready.getAsBoolean()) {
            context.result("meshpath is ready.\n");
          } else {
            context.status(HttpStatus.SERVICE_UNAVAILABLE).result("meshpath is not ready.\n");
          }
        });
  }

  private static void pages(
      RoutesConfig routes, LandingPage landing, Live live, EventStreams streams) {
    routes.get(
        "/",
        context ->
            context
                .header("Content-Security-Policy", LandingPage.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store") // who asks decides what it has
                .html(landing.html(Asker.isOf(live.to(), context))));
    routes.get(
        "/api/node",
        context -> {
          if (isAllowed(context, live)) {
            context
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(live.node().get());
          }
        });
    routes.get(
        "/events",
        context -> {
          if (isAllowed(context, live)) {
            streams.answer(context);
          }
        });
  }

  private static boolean isAllowed(Context context, Live live) {
    boolean allowed = Asker.isOf(live.to(), context);
    if (!allowed) {
      context.status(HttpStatus.FORBIDDEN).result(Live.PRIVATE);
    }
    return allowed;
  }

  private static void metrics(Context context, Telemetry telemetry) throws IOException {
    // whole first: a scrape that fails half way must be an error, not half a scrape
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_SCRAPE_BYTES);
    String encodings = context.header("Accept-Encoding");
    Compressor compressor = COMPRESSION.findMatchingCompressor(encodings == null ? "" : encodings);
    // compressed as it is written: the text itself is never in memory as a whole
    try (OutputStream out = compressor == null ? body : compressor.compress(body)) {
      context.contentType(telemetry.scrape(context.header("Accept"), out));
    }
    if (compressor != null) {
      context.header("Content-Encoding", compressor.encoding());
    }
    context.result(body.toByteArray());
  }

  private static String reason(JavalinException e) {
    if (e instanceof JavalinBindException || e.getCause() instanceof BindException) {
      return "the port is in use, or the address is not of this machine";
    }
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }
}
