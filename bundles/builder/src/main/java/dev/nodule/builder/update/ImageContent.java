package dev.nodule.builder.update;

import dev.nodule.builder.DistException;
import dev.nodule.builder.format.Sbom;
import dev.nodule.builder.image.FileTree;
import dev.nodule.json.Json;
import dev.nodule.swap.ContentDigest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * What an image holds: a folder, or an archive of it, which is not unpacked.
 *
 * @param application its name
 * @param version of the application
 * @param files all but the core modules' bundles, by path
 * @param bundles by module
 */
public record ImageContent(
    String application,
    String version,
    SortedMap<String, FileState> files,
    SortedMap<String, Bundle> bundles) {
  private static final Pattern MODULE =
      Pattern.compile("nodule\\.module\\s*;.*?nodule\\.module(?::String)?=\"?([A-Za-z0-9_:-]+)\"?");

  /**
   * A file.
   *
   * @param digest of its content and of its right to be run; a jar's does not tell how it is packed
   */
  public record FileState(long bytes, String digest) {}

  /**
   * A core module's bundle.
   *
   * @param content its {@link ContentDigest}
   */
  public record Bundle(String path, String version, String content, byte[] bytes) {}

  /** Reads a folder, .tar, .tar.gz or .tar.xz. */
  public static ImageContent read(Path image) throws IOException, DistException {
    Reader reader = new Reader();
    try {
      if (Files.isDirectory(image)) {
        reader.folder(image);
      } else if (Files.isRegularFile(image)) {
        reader.archive(image);
      } else {
        throw new DistException(image + ": no such file or folder");
      }
    } catch (ZipException e) {
      throw new DistException(image + " holds a jar that cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw new DistException(image + " cannot be read: " + e.getMessage());
    }
    if (reader.files.isEmpty() || reader.bundles.isEmpty() || !reader.isOfApplication()) {
      throw new DistException(
          image + " is no image that nodule dist made (a folder, .tar.gz or .tar.xz)");
    }
    return new ImageContent(reader.application, reader.version, reader.files, reader.bundles);
  }

  private static final class Reader {
    final SortedMap<String, FileState> files = new TreeMap<>();
    final SortedMap<String, Bundle> bundles = new TreeMap<>();
    String application = "";
    String version = "";

    boolean isOfApplication() {
      return files.containsKey("etc/application");
    }

    void folder(Path folder) throws IOException {
      for (Path file : FileTree.entries(folder)) {
        String path = folder.relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          link(path, Files.readSymbolicLink(file).toString());
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          boolean executable =
              Files.getPosixFilePermissions(file)
                  .contains(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
          try (InputStream in = Files.newInputStream(file)) {
            file(path, executable, in);
          }
        }
      }
    }

    void archive(Path archive) throws IOException {
      try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
          InputStream plain = plain(file);
          TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          // All lies in one folder, whose name does not matter.
          String path = entry.getName().replaceFirst("^(\\./)?[^/]*/", "");
          if (entry.isSymbolicLink()) {
            link(path, entry.getLinkName());
          } else if (entry.isFile()) {
            file(path, (entry.getMode() & 0100) != 0, tar);
          }
        }
      }
    }

    private static InputStream plain(InputStream file) throws IOException {
      file.mark(2);
      int first = file.read();
      int second = file.read();
      file.reset();
      if (first == 0x1f && second == 0x8b) {
        return new GzipCompressorInputStream(file, true);
      }
      return first == 0xfd ? new XZInputStream(file) : file;
    }

    private void link(String path, String target) {
      files.put(path, new FileState(0, "-> " + target));
    }

    private void file(String path, boolean executable, InputStream in) throws IOException {
      String mode = executable ? "x " : "";
      boolean isJar = path.endsWith(".jar") && (path.startsWith("lib/") || path.startsWith("jit/"));
      if (!isJar && !path.equals(Sbom.FILE)) {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
          size += n;
        }
        files.put(path, new FileState(size, mode + HexFormat.of().formatHex(digest.digest())));
        return;
      }
      byte[] bytes = in.readAllBytes();
      if (!isJar) {
        files.put(path, new FileState(bytes.length, ""));
        name(bytes);
        return;
      }
      String content = ContentDigest.of(bytes);
      Attributes headers = headers(bytes);
      String capabilities = headers.getValue("Provide-Capability");
      Matcher module = MODULE.matcher(capabilities == null ? "" : capabilities);
      if (module.find()) {
        String bundleVersion = String.valueOf(headers.getValue("Bundle-Version"));
        bundles.put(module.group(1), new Bundle(path, bundleVersion, content, bytes));
      } else {
        files.put(path, new FileState(bytes.length, content));
      }
    }

    private void name(byte[] sbom) throws IOException {
      Map<String, @Nullable Object> component =
          Json.object(Json.object(Json.object(Json.parse(sbom)).get("metadata")).get("component"));
      application = Json.string(component.get("name"));
      version = Json.string(component.get("version"));
    }

    private static Attributes headers(byte[] jar) throws IOException {
      try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar), false)) {
        Manifest manifest = in.getManifest();
        return manifest == null ? new Attributes() : manifest.getMainAttributes();
      }
    }
  }

  /** What tells a folder from all others: a digest of all files that it holds now. */
  public static String identity(Path folder) throws IOException {
    MessageDigest all = sha256();
    for (Path file : FileTree.entries(folder)) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        all.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        all.update((byte) 0);
        all.update(sha256().digest(Files.readAllBytes(file)));
      }
    }
    return HexFormat.of().formatHex(all.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
