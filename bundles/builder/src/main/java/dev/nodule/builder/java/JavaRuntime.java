package dev.nodule.builder.java;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Links a Java runtime of chosen modules. */
public final class JavaRuntime {
  private JavaRuntime() {}

  /**
   * Writes the runtime.
   *
   * @param compressed whether its classes are compressed one by one, which an archive cannot undo
   */
  public static void link(Path jdk, Set<String> modules, Path output, boolean compressed)
      throws IOException, DistException {
    Tool.run(
        List.of(
            jdk.resolve("bin/jlink").toString(),
            "--add-modules",
            String.join(",", modules),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--dedup-legal-notices=error-if-not-same-content",
            "--compress",
            compressed ? "zip-9" : "zip-0",
            // What tools of a JDK read: the list of classes for an archive of their own, a file
            // system for other Javas. And sorting
            // by vector instructions, without which sorting is a little slower.
            "--exclude-files",
            "/java.base/lib/classlist,/java.base/lib/jrt-fs.jar,/java.base/lib/libsimdsort.so,/java.base/lib/jexec",
            "--output",
            output.toString()));
    for (String tool : List.of("keytool", "jrunscript", "rmiregistry", "jfr", "jwebserver")) {
      Files.deleteIfExists(output.resolve("bin").resolve(tool));
    }
  }

  /**
   * Takes the symbol tables out of native libraries, if the machine has the tool for it: the Java
   * virtual machine's is a sixth of its size.
   */
  public static boolean strip(Path runtime) throws IOException {
    List<String> command = new ArrayList<>(List.of("strip", "--strip-unneeded"));
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
        command.add(runtime.resolve(name).toString());
      }
    }
    try {
      Tool.run(command);
      return true;
    } catch (IOException | DistException e) {
      // No binutils: the image works, and is larger.
      return false;
    }
  }
}
