package dev.nodule.builder.java;

import dev.nodule.builder.DistException;
import dev.nodule.builder.trim.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Links a Java runtime of chosen modules. */
public final class JavaRuntime {
  private JavaRuntime() {}

  /**
   * What a runtime has of Java's modules.
   *
   * @param compressed whether classes are compressed one by one, which an archive cannot undo
   * @param intl whether it decodes the character sets of East Asia, as TextDecoder does with Intl
   * @param tls whether it has Java's TLS
   */
  public record Content(Set<String> modules, boolean compressed, boolean intl, boolean tls) {
    /** Patterns of jlink: resources of modules that nothing reads here. */
    private String excludedResources() {
      List<String> patterns = new ArrayList<>();
      // The classes of a tool that is not there, and messages of others in other languages. A
      // package must not become empty.
      patterns.add("regex:/java[.]base/sun/security/tools/keytool/(?!Pair|resources).*");
      patterns.add(
          "regex:.*/resources/(keytool|launcher|auth|security|logging|simpleserver)_.*[.]class");
      if (!intl) {
        patterns.add(
            "regex:/java[.]base/sun/nio/cs/(Big5|EUC_|GB18030|GBK|HKSCS|JIS_X_02[01]2|JIS_X_0208|Johab|MS932|SJIS).*");
      }
      if (!tls) {
        patterns.add("regex:/java[.]base/sun/security/ssl/(?!Utilities[.]).*");
      }
      return String.join(",", patterns);
    }

    private String excludedFiles() {
      List<String> files = new ArrayList<>();
      // What tools of a JDK read: the list of classes for an archive of their own, a file system
      // for other Javas. And sorting by vector instructions, without which it is a little slower.
      for (String name : List.of("classlist", "jrt-fs.jar", "libsimdsort.so", "jexec")) {
        files.add("/java.base/lib/" + name);
      }
      if (!tls) {
        files.add("/java.base/lib/security/cacerts");
        files.add("/java.base/lib/security/public_suffix_list.dat");
      }
      return String.join(",", files);
    }
  }

  /**
   * Writes the runtime.
   *
   * @param jdk whose jlink is run
   * @param jmods the modules that are linked; null for the JDK's own
   */
  public static void link(Path jdk, @Nullable Path jmods, Content content, Path output)
      throws IOException, DistException {
    Path recording = Files.createTempFile("nodule-jlink", ".conf");
    try {
      link(jdk, jmods, content, output, recording);
    } finally {
      Files.delete(recording);
    }
    if (!content.tls) {
      removeProvider(output.resolve("conf/security/java.security"), "SunJSSE");
    }
  }

  /** Providers of cryptography are numbered without gaps. */
  private static void removeProvider(Path settings, String provider) throws IOException {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(settings, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith("security.provider.")) {
        String name = line.substring(line.indexOf('=') + 1);
        if (!name.equals(provider)) {
          number++;
          lines.add("security.provider." + number + "=" + name);
        }
      } else {
        lines.add(line);
      }
    }
    Files.write(settings, lines, StandardCharsets.ISO_8859_1);
  }

  private static void link(
      Path jdk, @Nullable Path jmods, Content content, Path output, Path recording)
      throws IOException, DistException {
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin/jlink").toString(),
                // It writes what it iterates over in sets of Set.of, whose order changes from run
                // to
                // run, but not while the virtual machine records for an ahead-of-time cache.
                "-J-XX:AOTMode=record",
                "-J-XX:AOTConfiguration=" + recording,
                "-J-Xlog:disable",
                "-J-Xlog:all=off",
                "--add-modules",
                String.join(",", content.modules),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--dedup-legal-notices=error-if-not-same-content",
                "--compress",
                content.compressed ? "zip-9" : "zip-0",
                "--exclude-resources",
                content.excludedResources(),
                "--exclude-files",
                content.excludedFiles(),
                "--output",
                output.toString()));
    if (jmods != null) {
      command.addAll(List.of("--module-path", jmods.toString()));
    }
    Tool.run(command);
    for (String tool : List.of("keytool", "jrunscript", "rmiregistry", "jfr", "jwebserver")) {
      Files.deleteIfExists(output.resolve("bin").resolve(tool));
    }
  }

  /**
   * Takes the symbol tables out of native libraries, if the machine has the tool for it: the Java
   * virtual machine's is a sixth of its size.
   */
  public static boolean strip(Path runtime, Target target) throws IOException {
    List<String> libraries = new ArrayList<>();
    for (String name :
        List.of(
            "lib/server/libjvm.so",
            "lib/libjava.so",
            "lib/libjimage.so",
            "lib/libzip.so",
            "lib/libnio.so",
            "lib/libnet.so",
            "lib/libjli.so",
            "lib/libsimdsort.so")) {
      if (Files.exists(runtime.resolve(name))) {
        libraries.add(runtime.resolve(name).toString());
      }
    }
    for (String tool :
        target.equals(Target.host())
            ? List.of("strip", "llvm-strip")
            : List.of(target.gnu() + "-strip", "llvm-strip")) {
      List<String> command = new ArrayList<>(List.of(tool, "--strip-unneeded"));
      command.addAll(libraries);
      try {
        Tool.run(command);
        return true;
      } catch (IOException | DistException e) {
        // Not here, or not for this machine: the image works, and is larger.
      }
    }
    return false;
  }
}
