package dev.nodule.builder.update;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The private key of a key store (PKCS #12), and the certificate that goes with it. */
final class SigningKey {
  /** Passwords are not for command lines, which others see. */
  private static final String PASSWORD = "NODULE_KEY_PASSWORD";

  private SigningKey() {}

  static KeyStore.PrivateKeyEntry read(
      Path file, @Nullable String alias, @Nullable Path passwordFile)
      throws IOException, DistException {
    char[] password = password(passwordFile).toCharArray();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      List<String> keys = new ArrayList<>();
      for (String name : Collections.list(store.aliases())) {
        if (store.isKeyEntry(name) && (alias == null || alias.equalsIgnoreCase(name))) {
          keys.add(name);
        }
      }
      if (keys.size() != 1) {
        throw new DistException(
            "--key: "
                + file
                + (keys.isEmpty()
                    ? " holds no private key" + (alias == null ? "" : " named " + alias)
                    : " holds several keys: name one with --key-alias"));
      }
      return (KeyStore.PrivateKeyEntry)
          store.getEntry(keys.getFirst(), new KeyStore.PasswordProtection(password));
    } catch (GeneralSecurityException e) {
      throw new DistException("--key: " + file + " cannot be used: " + e.getMessage());
    } catch (IOException e) {
      if (e.getCause() instanceof GeneralSecurityException) {
        throw new DistException(
            "--key: the password of "
                + file
                + " is wrong: give it by "
                + PASSWORD
                + " or --key-password-file");
      }
      throw new DistException("--key: " + file + " is no PKCS #12 key store: " + e.getMessage());
    }
  }

  private static String password(@Nullable Path file) throws IOException {
    if (file != null) {
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
    String given = System.getenv(PASSWORD);
    return given == null ? "" : given;
  }
}
