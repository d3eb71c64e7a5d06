package dev.nodule.builder.java;

import dev.nodule.builder.DistException;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The modules of Java that jars use, by jdeps and by what bundles declare. */
public final class JavaModules {
  /** A bundle's header with the modules that it uses by name, as providers or by reflection. */
  public static final String HEADER = "Nodule-Java-Modules";

  private JavaModules() {}

  /**
   * Asks jdeps. A module that a jar declares it can go without ({@code requires static}) is not
   * counted for that jar.
   *
   * @param jars jars of a class path, as they will be in the image
   * @param declarations the jars that these were made of, which may still have their declarations
   */
  public static SortedSet<String> of(Path jdk, Collection<Path> jars, Collection<Path> declarations)
      throws IOException, DistException {
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin/jdeps").toString(),
                "--multi-release",
                "25",
                "--ignore-missing-deps",
                "-summary"));
    jars.forEach(jar -> command.add(jar.toString()));
    Map<String, Set<String>> optional = optional(declarations);
    SortedSet<String> modules = new TreeSet<>();
    for (String line : Tool.run(command).lines().toList()) {
      String[] edge = line.strip().split(" -> ");
      if (edge.length == 2
          && edge[1].matches("(java|jdk)\\.[a-z0-9.]+")
          && !optional.getOrDefault(edge[0], Set.of()).contains(edge[1])) {
        modules.add(edge[1]);
      }
    }
    return modules;
  }

  /**
   * Modules that bundles name in {@value #HEADER}; with an exclamation mark those that jdeps finds
   * in their libraries, but in code that they never come to.
   */
  public static SortedSet<String> declared(Collection<Path> jars) throws IOException {
    SortedSet<String> modules = new TreeSet<>();
    for (Path file : jars) {
      try (JarFile jar = new JarFile(file.toFile())) {
        Manifest manifest = jar.getManifest();
        String names = manifest == null ? null : manifest.getMainAttributes().getValue(HEADER);
        if (names != null) {
          modules.addAll(Arrays.asList(names.strip().split("\\s*,\\s*")));
        }
      }
    }
    return modules;
  }

  /** Java's modules that modules require. */
  public static SortedSet<String> required(Collection<Path> jars) {
    SortedSet<String> modules = new TreeSet<>();
    jars.forEach(jar -> modules.addAll(requires(jar, false)));
    // The compiler is the jar itself; the JDK's module of its name is an empty place for it.
    modules.remove("jdk.graal.compiler");
    return modules;
  }

  /** By a jar's name: the modules that it can go without. */
  private static Map<String, Set<String>> optional(Collection<Path> jars) {
    Map<String, Set<String>> optional = new HashMap<>();
    jars.forEach(jar -> optional.put(String.valueOf(jar.getFileName()), requires(jar, true)));
    return optional;
  }

  private static Set<String> requires(Path jar, boolean optional) {
    Set<String> names = new HashSet<>();
    try {
      for (ModuleReference module : ModuleFinder.of(jar).findAll()) {
        for (ModuleDescriptor.Requires requires : module.descriptor().requires()) {
          boolean isStatic =
              requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC);
          if (isStatic == optional && requires.name().matches("(java|jdk)\\..*")) {
            names.add(requires.name());
          }
        }
      }
    } catch (FindException e) {
      // A jar of the class path whose name would be none for a module.
    }
    return names;
  }
}
