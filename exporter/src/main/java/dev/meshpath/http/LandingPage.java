package dev.meshpath.http;

/**
 * The page at /: what runs here and where to look.
 *
 * @param version of the program
 */
public record LandingPage(String version) {
  /** The whole page. */
  public String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>meshpath</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
        </style>
        </head>
        <body>
        <h1>meshpath</h1>
        <p>Prometheus exporter for the path table of 802.11s meshes, version %s.</p>
        <ul>
        <li><a href="/metrics">Metrics</a></li>
        <li><a href="/-/healthy">Healthy</a>, <a href="/-/ready">ready</a></li>
        </ul>
        </body>
        </html>
        """
        .formatted(version.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
