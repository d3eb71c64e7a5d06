package dev.nodule.core.crypto.certificates;

import dev.nodule.core.crypto.OpenSslError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Certificates from PEM or DER. */
final class CertificateReader {
  private CertificateReader() {}

  static Certificate read(byte[] bytes) {
    try {
      return bytes.length > 0 && bytes[0] == 0x30
          ? Certificate.getInstance(bytes)
          : Certificate.getInstance(fromPem(bytes));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw OpenSslError.of("0680007B", "asn1 encoding routines", "header too long");
    }
  }

  private static byte[] fromPem(byte[] bytes) {
    try (PemReader reader =
        new PemReader(new StringReader(new String(bytes, StandardCharsets.ISO_8859_1)))) {
      PemObject block;
      while ((block = reader.readPemObject()) != null) {
        if (block.getType().endsWith("CERTIFICATE")) {
          return block.getContent();
        }
      }
    } catch (IOException | RuntimeException e) {
      throw OpenSslError.of("04800064", "PEM routines", "bad base64 decode");
    }
    throw OpenSslError.of("0480006C", "PEM routines", "no start line");
  }
}
