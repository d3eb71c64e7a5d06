package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key that updates are signed with, and its certificate, made by the JDK's tool.
 *
 * @param store with both, protected by {@link #PASSWORD}
 * @param certificate in PEM
 */
record SigningKeys(Path store, Path certificate) {
  static final String PASSWORD = "secret";

  static SigningKeys make(Path folder, String name, String algorithm)
      throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Path certificate = folder.resolve(name + ".pem");
    keytool("-genkeypair", store, name, "-keyalg", algorithm, "-dname", "CN=" + name);
    keytool("-exportcert", store, name, "-rfc", "-file", certificate.toString());
    return new SigningKeys(store, certificate);
  }

  private static void keytool(String command, Path store, String alias, String... more)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                command,
                "-alias",
                alias,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    words.addAll(List.of(more));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  /** The password where the command line may name it. */
  Path passwordFile() throws IOException {
    Path file = store.resolveSibling("password");
    Files.writeString(file, PASSWORD + "\n");
    return file;
  }
}
