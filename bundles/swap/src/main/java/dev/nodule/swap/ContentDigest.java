package dev.nodule.swap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What tells one jar's content from another's, however it was packed, compressed or signed: a
 * digest of its entries' names and digests. Signatures, and the manifest's sections for entries,
 * which belong to them, do not count.
 */
public final class ContentDigest {
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/(SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))", Pattern.CASE_INSENSITIVE);

  private final SortedMap<String, byte[]> digests = new TreeMap<>();

  /** The digest of a jar's bytes. */
  public static String of(byte[] jar) throws IOException {
    ContentDigest digest = new ContentDigest();
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        digest.add(entry.getName(), entries.readAllBytes());
      }
    }
    return digest.value();
  }

  /** Counts an entry in. */
  void add(String path, byte[] content) throws IOException {
    if (path.equals(JarFile.MANIFEST_NAME)) {
      digests.put(path, sha256().digest(mainSection(content)));
    } else if (!path.endsWith("/") && !SIGNATURE.matcher(path).matches()) {
      digests.put(path, sha256().digest(content));
    }
  }

  private static byte[] mainSection(byte[] manifest) throws IOException {
    SortedMap<String, String> headers = new TreeMap<>();
    new Manifest(new ByteArrayInputStream(manifest))
        .getMainAttributes()
        .forEach((key, value) -> headers.put(key.toString(), value.toString()));
    return headers.toString().getBytes(StandardCharsets.UTF_8);
  }

  String value() {
    MessageDigest all = sha256();
    for (Map.Entry<String, byte[]> entry : digests.entrySet()) {
      all.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
      all.update((byte) 0);
      all.update(entry.getValue());
    }
    return HexFormat.of().formatHex(all.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
