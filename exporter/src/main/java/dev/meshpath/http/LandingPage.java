package dev.meshpath.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The page at /: what happens on this node, and where to look further. It is of files that the
 * program carries, and loads nothing from anywhere else.
 *
 * @param version of the program
 * @param captures whether frames can be downloaded
 */
public record LandingPage(String version, boolean captures) {
  /**
   * Nothing but what the program itself serves; no code and no style within the page, so that text
   * from the air can never become either.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /**
   * The whole page.
   *
   * @param live whether who asks may have what happens now; else the page says why not
   */
  String html(boolean live) throws IOException {
    String page = new String(file("/page/page.html"), StandardCharsets.UTF_8);
    page = keep(page, "live", live);
    page = keep(page, "private", !live);
    page = keep(page, "captures", captures);
    return page.replace("{version}", version.replace("&", "&amp;").replace("<", "&lt;"));
  }

  /** Parts of the page stand between two comments that name them. */
  private static String keep(String page, String part, boolean kept) {
    String marks = "(?s)\\s*<!--" + part + "-->(.*?)\\s*<!--/" + part + "-->";
    return page.replaceAll(marks, kept ? "$1" : "");
  }

  /**
   * A file that the program carries.
   *
   * @throws FileNotFoundException if there is none of that name
   */
  static byte[] file(String name) throws IOException {
    try (InputStream file = LandingPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new FileNotFoundException(name);
      }
      return file.readAllBytes();
    }
  }
}
