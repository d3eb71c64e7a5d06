package dev.nodule.builder.trim;

import dev.nodule.builder.DistException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The machine that an image is for.
 *
 * @param name as in {@code --target}
 * @param debian its architecture in Debian's words
 * @param oci its architecture in OCI's words
 */
public record Target(String name, String debian, String oci, Set<String> words) {
  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|sl|a)(\\.[0-9.]+)?");
  private static final Pattern PLATFORM_WORD =
      Pattern.compile(
          "linux|darwin|macos|osx|win|windows|freebsd|aix|solaris|amd64|x86_64|x86|x64|i386|i686|aarch64"
              + "|aarch_64|arm64|arm|armv6|armv7|loongarch64|mips64|ppc|ppc64|ppc64le|riscv64|s390x");

  /** Linux on x86-64. */
  public static final Target LINUX_X64 =
      new Target("linux-x64", "amd64", "amd64", Set.of("linux", "amd64", "x86_64", "x64"));

  /** Linux on 64-bit ARM. */
  public static final Target LINUX_ARM64 =
      new Target("linux-arm64", "arm64", "arm64", Set.of("linux", "aarch64", "aarch_64", "arm64"));

  /** The machine that this runs on. */
  public static Target host() {
    return System.getProperty("os.arch").equals("aarch64") ? LINUX_ARM64 : LINUX_X64;
  }

  /** The target of this name. */
  public static Target of(String name) throws DistException {
    return switch (name) {
      case "linux-x64" -> LINUX_X64;
      case "linux-arm64" -> LINUX_ARM64;
      default -> throw new DistException("--target: linux-x64 or linux-arm64, not " + name);
    };
  }

  /** Whether an entry of a jar is a native library. */
  static boolean isNative(String path) {
    return NATIVE.matcher(path).matches();
  }

  /** Whether a native library in a jar is one of another machine's. */
  boolean isForeign(String path) {
    return isNative(path) && namesAnother(path);
  }

  /** Whether a jar holds the native libraries of another machine, as its classifier says. */
  public boolean isForeignJar(String name) {
    return namesAnother(name);
  }

  /** The beginning of the names of GNU's tools for this machine. */
  public String gnu() {
    return name.equals("linux-arm64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  }

  private boolean namesAnother(String path) {
    for (String word : path.toLowerCase(Locale.ROOT).split("[/.-]")) {
      if (PLATFORM_WORD.matcher(word).matches() && !words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Parts of the Graal compiler that make code for other machines, as internal names. */
  boolean isForeignCompiler(String className) {
    if (!className.startsWith("jdk/graal/compiler/")) {
      return false;
    }
    boolean arm = className.contains("/aarch64/");
    boolean intel = className.contains("/amd64/") || className.contains("/x86/");
    return className.contains("/riscv64/") || (name.equals("linux-x64") ? arm : intel);
  }
}
