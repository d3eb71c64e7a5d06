package dev.nodule.launcher;

import dev.nodule.runtime.CommandLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of changes of modules.
 *
 * @param stateFolder where the chosen revisions of this application are kept; null for nowhere
 * @param signers a key store with the certificates that bundles must be signed by; null if
 *     signatures are not demanded
 */
record SwapSettings(@Nullable Path stateFolder, @Nullable Path signers) {
  static final SwapSettings NONE = new SwapSettings(null, null);

  static SwapSettings of(CommandLine commandLine) {
    Path signers =
        commandLine.option("--module-signers") instanceof String file ? Path.of(file) : null;
    if (Boolean.FALSE.equals(commandLine.options().get("--module-state"))) {
      return new SwapSettings(null, signers);
    }
    if (commandLine.option("--module-state") instanceof String folder) {
      return new SwapSettings(Path.of(folder).toAbsolutePath(), signers);
    }
    return new SwapSettings(folderOf(commandLine.script()), signers);
  }

  /** An application is its script, whatever way leads to it. */
  private static @Nullable Path folderOf(@Nullable String script) {
    Path base = stateHome();
    if (script == null || script.equals("-") || base == null) {
      return null;
    }
    Path real;
    try {
      real = Path.of(script).toRealPath();
    } catch (IOException e) {
      real = Path.of(script).toAbsolutePath().normalize();
    }
    Path name = real.getFileName();
    if (name == null) {
      return null;
    }
    return base.resolve("nodule").resolve(name + "-" + Long.toHexString(hash(real.toString())));
  }

  /** The folder for state of the XDG base directory specification. */
  private static @Nullable Path stateHome() {
    String state = System.getenv("XDG_STATE_HOME");
    if (state != null && state.startsWith("/")) {
      return Path.of(state);
    }
    String home = System.getenv("HOME");
    return home == null || !home.startsWith("/") ? null : Path.of(home, ".local", "state");
  }

  /** FNV-1a: a digest of the JDK would cost every start some milliseconds. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
