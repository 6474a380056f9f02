package dev.meshpath.config;

/**
 * Where the HTTP server listens.
 *
 * @param host a name or address, or empty for all addresses of the machine
 * @param port 0 to 65535, 0 for any free one
 */
public record ListenAddress(String host, int port) {
  private static final int HIGHEST_PORT = 65535;

  /**
   * Reads {@code :10211}, {@code 127.0.0.1:10211} or {@code [::1]:10211}.
   *
   * @throws IllegalArgumentException with a sentence if it is no such text
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(colon, 0));
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon >= 0 && port >= 0 && port <= HIGHEST_PORT && isHost(host)) {
        return new ListenAddress(host.replaceAll("[\\[\\]]", ""), port);
      }
    } catch (NumberFormatException e) {
      // said below, with the other ways to be wrong
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address: write HOST:PORT or :PORT, as :10211");
  }

  private static boolean isHost(String host) {
    return host.matches("[^:\\[\\]]*|\\[[^\\[\\]]+]");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
