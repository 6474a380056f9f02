package dev.meshpath.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The page's own files, and the documentation of this very version. */
final class PageFiles {
  private PageFiles() {}

  static void routes(RoutesConfig routes) {
    routes.get("/page.css", context -> file(context, "text/css; charset=utf-8"));
    routes.get("/page.js", context -> file(context, "text/javascript; charset=utf-8"));
    routes.get("/page.svg", context -> file(context, "image/svg+xml"));
    routes.get("/docs/{name}", PageFiles::document);
  }

  private static void file(Context context, String type) throws IOException {
    send(context, "/page" + context.path(), type);
  }

  /** As plain text, which every browser shows. */
  private static void document(Context context) throws IOException {
    String name = context.pathParam("name");
    try {
      if (name.matches("[a-z0-9-]+\\.md")) {
        send(context, "/docs/" + name, "text/plain; charset=utf-8");
        return;
      }
    } catch (FileNotFoundException e) {
      // as one whose name cannot be
    }
    context.status(HttpStatus.NOT_FOUND).result("there is no such document: see /.\n");
  }

  private static void send(Context context, String resource, String type) throws IOException {
    context
        .contentType(type)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-cache")
        .result(LandingPage.file(resource));
  }
}
