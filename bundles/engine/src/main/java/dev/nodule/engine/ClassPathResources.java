package dev.nodule.engine;

import com.oracle.truffle.js.lang.JavaScriptLanguage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts beside the engine's own libraries: JavaScript libraries that come as WebJars. */
final class ClassPathResources {
  private ClassPathResources() {}

  static @Nullable String read(String path) {
    try (InputStream in = JavaScriptLanguage.class.getClassLoader().getResourceAsStream(path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
