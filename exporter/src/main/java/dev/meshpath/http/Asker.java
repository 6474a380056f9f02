package dev.meshpath.http;

import dev.meshpath.config.Audience;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;

/** Who asks: what is private goes to this machine only, unless it was configured to go to all. */
final class Asker {
  /** What a proxy adds on behalf of somebody else. */
  private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For");

  private Asker() {}

  /** Whether who asks is one of those that may have it. */
  static boolean isOf(Audience audience, Context context) {
    return audience == Audience.ALL || isFromHere(context);
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
