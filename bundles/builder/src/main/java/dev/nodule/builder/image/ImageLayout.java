package dev.nodule.builder.image;

import dev.nodule.builder.trim.TrimmedJar;
import dev.nodule.builder.update.ImageContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The folder of an image.
 *
 * <pre>
 * bin/NAME      starts the application      bin/nodule   commands for running processes
 * app/          the application             java/        the Java runtime
 * lib/          libraries and bundles       jit/         the compiler
 * native/       libraries, as files
 * etc/          what the launcher reads     cache/       classes, loaded and linked ahead of time
 * </pre>
 */
public final class ImageLayout {
  /** The jars that the commands for running processes need. */
  private static final Set<String> ADMIN_JARS =
      Set.of("nodule-console", "nodule-json", "jackson-core");

  private final Path folder;

  /** A layout in this folder, which is new. */
  public ImageLayout(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  public Path java() {
    return folder.resolve("java");
  }

  /** The application's files are here. */
  public Path application() {
    return folder.resolve("app");
  }

  public Path cache() {
    return folder.resolve("cache/nodule.aot");
  }

  /** The command that starts the application. */
  public Path launcher(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** Writes the jars, and the lists of them that the launcher reads. */
  public void writeJars(List<TrimmedJar> jars) throws IOException {
    for (TrimmedJar jar : jars) {
      Path file = folder.resolve(place(jar));
      Files.createDirectories(file.getParent());
      Files.write(file, jar.bytes());
    }
    writeList("classpath", jars, jar -> !jar.modulePath());
    writeList("jitpath", jars, TrimmedJar::modulePath);
    writeList(
        "npm-classpath", jars, jar -> ADMIN_JARS.contains(jar.name().replaceFirst("-[0-9].*", "")));
  }

  /** Takes over the native libraries that lie as files in the distribution. */
  public void writeNatives(Path from) throws IOException {
    FileTree.copy(from, folder.resolve("native"), file -> true);
  }

  private static String place(TrimmedJar jar) {
    return (jar.modulePath() ? "jit/" : "lib/") + jar.name();
  }

  private void writeList(String name, List<TrimmedJar> jars, Predicate<TrimmedJar> wanted)
      throws IOException {
    StringBuilder list = new StringBuilder();
    // Nodule's own first, as in the distribution: resources are looked for in this order.
    jars.stream()
        .filter(wanted)
        .sorted(
            Comparator.comparing((TrimmedJar jar) -> !jar.isOwn()).thenComparing(TrimmedJar::name))
        .forEach(jar -> list.append(place(jar)).append(':'));
    write(name, list.toString());
  }

  /**
   * Writes what starts the application.
   *
   * @param distribution whose launcher this image takes
   * @param main the application's file, relative to its folder
   * @param absent ids of core modules that are not in the image
   * @param intl whether the data of Intl is
   */
  public void writeLauncher(
      Path distribution, String name, String main, Collection<String> absent, boolean intl)
      throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(distribution.resolve("bin/nodule"), launcher(name));
    Files.setPosixFilePermissions(launcher(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    // A copy: where there is nothing but a shell, a link cannot be followed.
    Files.copy(launcher(name), launcher("nodule"), StandardCopyOption.COPY_ATTRIBUTES);
    Path directives = distribution.resolve("etc/compiler-directives.json");
    write("compiler-directives.json", Files.readString(directives).strip());
    write("application", "app/" + main);
    write("absent", String.join(",", absent));
    if (!intl) {
      write("no-intl", "js.intl-402=false");
    }
  }

  /** Writes whose changes of modules the image takes. */
  public void writeSigners(String pem) throws IOException {
    write("signers.pem", pem.strip());
  }

  /** Writes what tells the image from others, when all but its cache is there. */
  public void writeIdentity() throws IOException {
    write("image", ImageContent.identity(folder));
  }

  private void write(String name, String line) throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Files.write(
        folder.resolve("etc").resolve(name), (line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
