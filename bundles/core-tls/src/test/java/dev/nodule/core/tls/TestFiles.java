package dev.nodule.core.tls;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Objects;

/** Certificates and keys that {@code make.sh} made, in src/test/resources. */
final class TestFiles {
  private TestFiles() {}

  static byte[] read(String name) throws IOException {
    try (InputStream in = TestFiles.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  static X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
    return PemReader.certificates(read(name)).getFirst();
  }
}
