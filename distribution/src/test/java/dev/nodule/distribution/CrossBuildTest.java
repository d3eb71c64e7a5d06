package dev.nodule.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images for another machine. One is made where a JDK of that machine is at hand: in {@code
 * NODULE_TEST_ARM64_JDK}, or under /usr/lib/jvm.
 */
@Timeout(600)
@Tag("image")
class CrossBuildTest {
  /** ELF's numbers of machines (gABI, chapter 4): EM_AARCH64. */
  private static final int AARCH64 = 183;

  @TempDir Path folder;

  @Test
  void anotherMachineNeedsItsJdk() throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"));
    refused("give the folder of a JDK 25", "out");
    refused("--jdk: " + folder + " has no jmods/java.base.jmod", "out", "--jdk", folder.toString());
    refused(
        "is for x86_64, not linux-arm64",
        "out",
        "--jdk",
        Files.createDirectory(folder.resolve("jdk")).toString());
    refused("an OCI image has the C library of the machine", "out.oci", "--jdk", folder.toString());
  }

  private void refused(String message, String out, String... more) throws IOException {
    Path jdk = folder.resolve("jdk");
    if (Files.isDirectory(jdk)) {
      Files.writeString(
          jdk.resolve("release"), "OS_ARCH=\"x86_64\"\nJAVA_VERSION=\"" + version() + "\"\n");
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "dist",
                "--app",
                DistImages.APPLIANCE.toString(),
                "--out",
                folder.resolve(out).toString(),
                "--no-jit",
                "--target",
                "linux-arm64"));
    arguments.addAll(List.of(more));
    Nodule.Result result = Nodule.run(arguments.toArray(String[]::new));
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains(message), result.err());
    assertTrue(Files.notExists(folder.resolve(out)));
  }

  private static String version() throws IOException {
    Path release = Nodule.LAUNCHER.resolve("../../java/release").normalize();
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
        .findFirst()
        .orElse("");
  }

  private static @Nullable Path arm64Jdk() throws IOException {
    String given = System.getenv("NODULE_TEST_ARM64_JDK");
    if (given != null) {
      return Path.of(given);
    }
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return null;
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(home -> home.toString().matches(".*(arm64|aarch64)"))
          .filter(home -> Files.exists(home.resolve("jmods/java.base.jmod")))
          .findFirst()
          .orElse(null);
    }
  }

  @Test
  void everyNativeFileIsOfThatMachine() throws Exception {
    Path jdk = arm64Jdk();
    assumeTrue(jdk != null, "no JDK for arm64 here");
    Path image = folder.resolve("image");
    DistImages.make(
        "--app",
        DistImages.APPLIANCE.toString(),
        "--out",
        image.toString(),
        "--modules",
        "zlib",
        "--target",
        "linux-arm64",
        "--jdk",
        String.valueOf(jdk));
    Map<String, Integer> machines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        note(machines, image.relativize(file).toString(), Files.newInputStream(file));
        if (file.toString().endsWith(".jar")) {
          try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
              note(machines, file.getFileName() + "!" + entry, jar.getInputStream(entry));
            }
          }
        }
      }
    }
    for (String name : List.of("libjvm.so", "transport_native_epoll", "libbrotli", "libzstd")) {
      assertTrue(machines.keySet().stream().anyMatch(file -> file.contains(name)), name);
    }
    machines.values().removeIf(machine -> machine == AARCH64);
    assertEquals(Map.of(), machines);
    assertTrue(Files.notExists(image.resolve("cache")));
  }

  private static void note(Map<String, Integer> machines, String name, InputStream content)
      throws IOException {
    try (content) {
      byte[] start = content.readNBytes(20);
      if (start.length == 20 && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L') {
        machines.put(name, start[18] & 0xff | (start[19] & 0xff) << 8);
      }
    }
  }
}
