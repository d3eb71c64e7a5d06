package dev.nodule.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The steps of docs/containers.md, in a Karaf from Maven Central. */
class KarafTest {
  private static final Path HOME = Path.of(System.getProperty("karaf.home"));
  private static final Path REPOSITORY = Path.of(System.getProperty("karaf.repository"));
  private static final Path FEATURES = Path.of(System.getProperty("karaf.features"));
  private static final Path APPLICATIONS = Path.of("src/test/js").toAbsolutePath();

  private static String get(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void applicationsRunFromTheShell() throws Exception {
    try (KarafProcess karaf = KarafProcess.start(HOME, REPOSITORY)) {
      karaf.await("karaf@root\\(\\)>");
      // The prompt is there before the commands are.
      String answer;
      do {
        answer =
            karaf
                .command(
                    "feature:repo-add " + FEATURES.toUri(), "Adding feature url|Command not found")
                .group();
      } while (answer.startsWith("Command"));
      karaf.command("feature:install nodule && echo \"feature\" ready", "(?m)^feature ready");
      karaf.command("nodule:modules", "http +0\\.1\\.0");

      karaf.command(
          "nodule:run " + APPLICATIONS.resolve("hello.js") + " a b",
          "hello from 26\\.[0-9.]+ with a,b");
      karaf.command(
          "nodule:run -e \"process.exit(3)\"", "process.exit\\(3\\) ended with exit code 3");

      karaf.command("nodule:launch " + APPLICATIONS.resolve("server.mjs"), "application 3");
      String port = karaf.await("listening on ([0-9]+)").group(1);
      String address = "http://127.0.0.1:" + port + "/page";
      assertEquals("Karaf serves /page", get(address));
      karaf.command("nodule:applications", "3  .*server\\.mjs");

      karaf.command("nodule:end 3", "application 3 ended with exit code 0");
      assertThrows(ConnectException.class, () -> get(address));

      karaf.command("system:shutdown -f", "");
      assertTrue(karaf.awaitEnd(), "Karaf ends");
    }
  }
}
