import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signatures out of the jars of a folder. The JVM keeps no class of a signed jar in its
 * ahead-of-time cache, and verifies the whole jar where one is loaded, which took a quarter of the
 * time of hello world; nobody asks who signed a class (docs/decisions/0014).
 *
 * <p>Run by build-image.sh: {@code java UnsignedJars.java FOLDER}. The same jar gives the same
 * bytes.
 */
public final class UnsignedJars {
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private UnsignedJars() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (var files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      if (isSigned(jar)) {
        Path unsigned = jar.resolveSibling(jar.getFileName() + ".unsigned");
        copyWithoutSignature(jar, unsigned);
        Files.move(unsigned, jar, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isSigned(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
    }
  }

  private static void copyWithoutSignature(Path from, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (SIGNATURE.matcher(entry.getName()).matches()) {
          continue;
        }
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        out.write(entry.getName().equals(JarFile.MANIFEST_NAME) ? withoutDigests(bytes) : bytes);
        out.closeEntry();
      }
    }
  }

  /**
   * The manifest's sections about single entries hold the digests that were signed: most of its
   * bytes.
   */
  private static byte[] withoutDigests(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
    manifest.getEntries().clear();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }
}
