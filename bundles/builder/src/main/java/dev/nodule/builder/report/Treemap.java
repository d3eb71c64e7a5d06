package dev.nodule.builder.report;

import dev.nodule.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The report as a page that needs nothing beside itself: a map of the image, and its tables. */
public final class Treemap {
  private Treemap() {}

  /** The page. */
  public static String page(ImageReport report) throws IOException {
    try (InputStream in = Treemap.class.getResourceAsStream("treemap.html")) {
      if (in == null) {
        throw new IOException("the page is missing");
      }
      // A report may hold what would end the script that it stands in.
      String json = Json.write(report.json(), "").replace("<", "\\u003c");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@report@", json);
    }
  }
}
