package dev.nodule.builder.java;

import dev.nodule.builder.DistException;
import dev.nodule.builder.trim.Target;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds a JDK to link a Java runtime from. It is the version of the distribution's own runtime, as
 * the Graal compiler fits one version of the Java virtual machine.
 */
public final class JdkFinder {
  private JdkFinder() {}

  /**
   * The home of a JDK with {@code jlink} and {@code jdeps}; null if there is none of this version.
   *
   * @param runtime the distribution's {@code java} folder
   */
  public static @Nullable Path find(Path runtime) {
    String version = version(runtime);
    for (Path home : candidates()) {
      if (Files.isExecutable(home.resolve("bin/jlink"))
          && Files.isExecutable(home.resolve("bin/jdeps"))
          && version.equals(version(home))) {
        return home;
      }
    }
    return null;
  }

  /**
   * The packaged modules of a JDK, from which a runtime can be linked for its machine.
   *
   * @param jdk its home, or a folder of jmods
   * @param runtime the distribution's {@code java} folder, whose version it must have
   */
  public static Path jmods(Path jdk, Path runtime, Target target) throws DistException {
    String version = version(jdk);
    if (!version.isEmpty() && !version.equals(version(runtime))) {
      throw new DistException(
          "--jdk: " + jdk + " is Java " + version + ", and " + version(runtime) + " is needed");
    }
    String machine = property(jdk, "OS_ARCH");
    if (!machine.isEmpty() && !target.words().contains(machine)) {
      throw new DistException("--jdk: " + jdk + " is for " + machine + ", not " + target.name());
    }
    for (Path folder : List.of(jdk.resolve("jmods"), jdk)) {
      if (Files.isRegularFile(folder.resolve("java.base.jmod"))) {
        return folder;
      }
    }
    throw new DistException(
        "--jdk: "
            + jdk
            + " has no jmods/java.base.jmod; some makers of JDKs offer the jmods of a version apart");
  }

  private static List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    String javaHome = System.getenv("JAVA_HOME");
    if (javaHome != null && !javaHome.isEmpty()) {
      homes.add(Path.of(javaHome));
    }
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(":")) {
      try {
        homes.add(Path.of(folder, "jlink").toRealPath().resolve("../..").normalize());
      } catch (IOException e) {
        // Not in this folder.
      }
    }
    String home = System.getProperty("user.home");
    addChildren(homes, Path.of("/usr/lib/jvm"));
    addChildren(homes, Path.of("/opt/java"));
    addChildren(homes, Path.of(home, ".sdkman/candidates/java"));
    addChildren(homes, Path.of(home, ".jdks"));
    return homes;
  }

  private static void addChildren(List<Path> homes, Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      List<Path> sorted = new ArrayList<>();
      children.forEach(sorted::add);
      sorted.sort(null);
      homes.addAll(sorted);
    } catch (IOException e) {
      // A folder of somebody else's.
    }
  }

  /** The version in a {@code release} file, such as 25.0.3; empty if there is none. */
  public static String version(Path home) {
    return property(home, "JAVA_VERSION");
  }

  private static String property(Path home, String name) {
    Properties release = new Properties();
    try (Reader in = Files.newBufferedReader(home.resolve("release"), StandardCharsets.UTF_8)) {
      release.load(in);
    } catch (IOException e) {
      return "";
    }
    return release.getProperty(name, "").replace("\"", "");
  }
}
