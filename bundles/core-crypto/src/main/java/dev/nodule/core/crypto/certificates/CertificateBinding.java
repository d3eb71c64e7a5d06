package dev.nodule.core.crypto.certificates;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.core.crypto.keys.KeyTable;
import dev.nodule.core.crypto.keys.KeyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;

/** What JavaScript may ask of certificates, which it holds as DER. */
public final class CertificateBinding {
  private final KeyTable keys;

  public CertificateBinding(KeyTable keys) {
    this.keys = keys;
  }

  public void install(Binding binding) {
    binding
        .function(
            "readCertificate",
            1,
            arguments ->
                encoded(() -> CertificateReader.read(arguments.bytes(0).copy()).getEncoded("DER")))
        .function(
            "describeCertificate",
            1,
            arguments -> encoded(() -> CertificateDescription.of(certificate(arguments, 0))))
        .function(
            "certificateNames",
            1,
            arguments -> CertificateDescription.names(certificate(arguments, 0)))
        .function(
            "isIssuedBy",
            2,
            arguments ->
                CertificateRelations.isIssued(certificate(arguments, 0), certificate(arguments, 1)))
        .function(
            "isSignedBy",
            2,
            arguments ->
                encoded(
                    () ->
                        CertificateRelations.isSignedBy(
                            certificate(arguments, 0), keys.get(arguments, 1))))
        .function(
            "toPem",
            2,
            arguments -> KeyWriter.pem(arguments.string(0), "", arguments.bytes(1).copy()))
        .function(
            "spkacVerify",
            1,
            arguments -> {
              SignedChallenge spkac = SignedChallenge.read(arguments.bytes(0).copy());
              return spkac != null && spkac.isGenuine();
            })
        .function("spkacKey", 1, CertificateBinding::spkacKey)
        .function(
            "spkacChallenge",
            1,
            arguments -> {
              SignedChallenge spkac = SignedChallenge.read(arguments.bytes(0).copy());
              return spkac == null ? null : spkac.challenge();
            });
  }

  private static @Nullable Object spkacKey(Arguments arguments) {
    SignedChallenge spkac = SignedChallenge.read(arguments.bytes(0).copy());
    return spkac == null
        ? null
        : encoded(() -> KeyWriter.pem("PUBLIC KEY", "", spkac.key().getEncoded("DER")));
  }

  private static Certificate certificate(Arguments arguments, int index) {
    return Certificate.getInstance(arguments.bytes(index).copy());
  }

  private static Object encoded(Callable<Object> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
