package dev.nodule.builder.trim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Chooses the jars of an image and what stays in them.
 *
 * <ol>
 *   <li>REACH from the launcher and the chosen core modules: jars that nothing reaches stay out.
 *   <li>REACH again from those and from the modules that were left out, in the jars that stay: a
 *       module that is added to the running appliance finds the classes that it needs. Without the
 *       JIT compiler, which looks for many methods by name, at the grain of a method.
 *   <li>STRIP debugging data, invisible annotations and what only they named. Nodule's own jars are
 *       copied as they are.
 * </ol>
 */
public final class LibraryTrimmer {
  /** The package installer is no part of an appliance. */
  private static final String INSTALLER = "dev/nodule/npm/";

  private static final String LAUNCHER = "nodule-launcher-";

  /** Its classes are named by parts of strings, and by a library outside of its jar. */
  private static final String NATIVE_CRYPTO = "AmazonCorrettoCryptoProvider-";

  /** The bundle without which nothing asks for GraalWasm, however often GraalJS names it. */
  private static final String WASM = "nodule-core-webassembly-";

  private static final String RUNTIME_SERVICE =
      "META-INF/services/com.oracle.truffle.api.TruffleRuntimeAccess";

  private final Target target;
  private final boolean jit;
  private final boolean intl;
  private final boolean stored;
  private boolean wasm;

  /**
   * What images shall have.
   *
   * @param stored whether jars are left uncompressed
   */
  public LibraryTrimmer(Target target, boolean jit, boolean intl, boolean stored) {
    this.target = target;
    this.jit = jit;
    this.intl = intl;
    this.stored = stored;
  }

  /** Whether a jar is the one of the native cryptographic provider. */
  public static boolean isNativeCrypto(Path jar) {
    return String.valueOf(jar.getFileName()).startsWith(NATIVE_CRYPTO);
  }

  /**
   * Trims.
   *
   * @param library jars of the class path
   * @param compiler jars of the module path
   * @param chosen bundles of the image's core modules
   * @param leftOut bundles of the other core modules
   */
  public List<TrimmedJar> trim(
      Collection<Path> library,
      Collection<Path> compiler,
      Collection<Path> chosen,
      Collection<Path> leftOut)
      throws IOException {
    List<JarContent> jars = new ArrayList<>();
    Set<JarContent> roots = new HashSet<>();
    List<JarContent> others = new ArrayList<>();
    for (Path file : library) {
      JarContent jar = JarContent.read(file);
      if (leftOut.contains(file)) {
        others.add(jar);
        continue;
      }
      if (!jit) {
        jar.entries.remove(RUNTIME_SERVICE);
      }
      jars.add(jar);
      if (chosen.contains(file) || jar.name().startsWith(LAUNCHER)) {
        roots.add(jar);
      }
    }
    Set<JarContent> modulePath = new HashSet<>();
    for (Path file : compiler) {
      JarContent jar = JarContent.read(file);
      jars.add(jar);
      // Without the compiler its small libraries lie on the class path: the engine uses them too.
      if (jit) {
        modulePath.add(jar);
      }
    }
    wasm = chosen.stream().anyMatch(jar -> String.valueOf(jar.getFileName()).startsWith(WASM));
    Predicate<String> cut = this::isCut;
    // The compiler offers itself to the Java virtual machine.
    Reachability reachability = new Reachability(new NamedClasses(jars, cut));
    modulePath.forEach(reachability::use);
    Set<String> first = reachability.from(classNames(roots));
    List<JarContent> kept = new ArrayList<>();
    for (JarContent jar : jars) {
      List<String> names = classNames(List.of(jar));
      // Without classes it is one of native libraries or scripts, which stay with those that load
      // them.
      if (names.isEmpty() || roots.contains(jar) || names.stream().anyMatch(first::contains)) {
        kept.add(jar);
      }
    }
    List<JarContent> all = new ArrayList<>(kept);
    all.addAll(others);
    Kept chosenClasses = jit ? classes(all, first, others) : methods(all, others);
    List<TrimmedJar> result = new ArrayList<>();
    for (JarContent jar : kept) {
      result.add(trimmed(jar, chosenClasses, modulePath.contains(jar)));
    }
    return result;
  }

  /** What stays of the jars of others. */
  private interface Kept {
    boolean has(String className);

    byte[] strip(String className, byte[] bytes);
  }

  private Kept classes(
      Collection<JarContent> jars, Set<String> first, Collection<JarContent> others)
      throws IOException {
    Set<String> sources = new TreeSet<>(first);
    sources.addAll(classNames(others));
    jars.stream()
        .filter(jar -> isNativeCrypto(jar.file))
        .forEach(jar -> sources.addAll(classNames(List.of(jar))));
    Set<String> reached = new Reachability(new NamedClasses(jars, this::isCut)).from(sources);
    return new Kept() {
      @Override
      public boolean has(String className) {
        return reached.contains(className);
      }

      @Override
      public byte[] strip(String className, byte[] bytes) {
        return ClassStripper.strip(bytes);
      }
    };
  }

  private Kept methods(Collection<JarContent> jars, Collection<JarContent> others) {
    MethodReachability reachability = new MethodReachability(new NamedClasses(jars, this::isCut));
    for (JarContent jar : jars) {
      if (jar.isOwn() || others.contains(jar) || isNativeCrypto(jar.file)) {
        reachability.reachAll(classNames(List.of(jar)));
      }
      for (Map.Entry<String, byte[]> entry : jar.entries.entrySet()) {
        if (Target.isNative(entry.getKey()) && !target.isForeign(entry.getKey())) {
          reachability.reachFromNative(NativeStrings.of(entry.getValue()));
        }
      }
    }
    return new Kept() {
      @Override
      public boolean has(String className) {
        return reachability.isUsed(className);
      }

      @Override
      public byte[] strip(String className, byte[] bytes) {
        return ClassStripper.strip(bytes, reachability.methods(className));
      }
    };
  }

  private boolean isCut(String className) {
    return className.startsWith(INSTALLER)
        || target.isForeignCompiler(className)
        || (!intl && (IcuData.isForIntl(className) || isIntl(className)))
        || (!wasm && className.startsWith("org/graalvm/wasm/"))
        || isUnasked(className)
        || (!jit && isCompilation(className));
  }

  /** What GraalJS runs with js.intl-402 alone: without it no object of Intl is ever made. */
  private static boolean isIntl(String className) {
    return className.startsWith("com/oracle/truffle/js/nodes/intl/Initialize");
  }

  /**
   * What is only asked for by options and calls that Nodule does not make: functions for the test
   * suites of engines, and Java classes that extend in JavaScript what the host has.
   */
  private static boolean isUnasked(String className) {
    return className.startsWith("com/oracle/truffle/js/builtins/testing/")
        || className.startsWith("com/oracle/truffle/host/adapters/");
  }

  /** The optimizing runtime; without it Truffle takes its interpreting one. */
  private static boolean isCompilation(String className) {
    return className.startsWith("com/oracle/truffle/runtime/")
        || className.startsWith("com/oracle/truffle/compiler/")
        || className.startsWith("jdk/graal/compiler/")
        || className.equals("dev/nodule/engine/LateCompilation")
        || className.equals("dev/nodule/engine/FlightRecordingOnDemand");
  }

  private static List<String> classNames(Collection<JarContent> jars) {
    List<String> names = new ArrayList<>();
    for (JarContent jar : jars) {
      jar.entries.keySet().stream()
          .filter(JarContent::isClass)
          .map(JarContent::className)
          .forEach(names::add);
    }
    return names;
  }

  private TrimmedJar trimmed(JarContent jar, Kept kept, boolean modulePath) throws IOException {
    boolean own = jar.isOwn();
    SortedMap<String, byte[]> entries = new TreeMap<>();
    Set<String> classes = new HashSet<>();
    Set<String> packages = new HashSet<>();
    int of = 0;
    for (Map.Entry<String, byte[]> entry : jar.entries.entrySet()) {
      String path = entry.getKey();
      byte[] bytes = entry.getValue();
      if (JarContent.isClass(path)) {
        of++;
        String name = JarContent.className(path);
        if (own ? !isCut(name) : kept.has(name)) {
          entries.put(path, own ? bytes : kept.strip(name, bytes));
          classes.add(name);
          packages.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))));
        }
      } else if (own || isKeptResource(path, modulePath)) {
        entries.put(path, bytes);
      }
    }
    if (!own) {
      byte[] module = entries.get("module-info.class");
      if (module != null) {
        entries.put("module-info.class", ModuleInfo.trim(module, classes, packages));
      }
      trimServices(entries, classes);
      entries.computeIfPresent("META-INF/MANIFEST.MF", (path, bytes) -> mainSection(bytes));
    }
    return new TrimmedJar(
        jar.file, modulePath, JarWriter.write(entries, stored), classes.size(), of);
  }

  private boolean isKeptResource(String path, boolean modulePath) {
    if (path.endsWith("module-info.class")) {
      return modulePath;
    }
    // Of signatures of a jar that is no longer the signed one.
    boolean signature = path.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    boolean building =
        path.startsWith("META-INF/maven/")
            || path.startsWith("META-INF/native-image/")
            || path.startsWith("META-INF/proguard/")
            || path.startsWith("META-INF/truffle/")
            || path.startsWith("OSGI-OPT/")
            || path.endsWith(".java");
    return !signature
        && !building
        && !target.isForeign(path)
        && (!path.startsWith(IcuData.PACKAGE)
            || IcuData.isUsed(path.substring(IcuData.PACKAGE.length()), intl));
  }

  /** Providers that are gone are not announced. */
  private static void trimServices(SortedMap<String, byte[]> entries, Set<String> classes) {
    for (String path : List.copyOf(entries.keySet())) {
      if (!path.startsWith("META-INF/services/") || path.endsWith("/")) {
        continue;
      }
      String providers =
          new String(entries.get(path), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> classes.contains(line.replace('.', '/')))
              .reduce("", (all, line) -> all + line + "\n");
      if (providers.isEmpty()) {
        entries.remove(path);
      } else {
        entries.put(path, providers.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** A manifest without its sections for entries, which hold digests, and without versions. */
  private static byte[] mainSection(byte[] manifest) {
    String text = new String(manifest, StandardCharsets.UTF_8).replace("\r\n", "\n");
    int end = text.indexOf("\n\n");
    String main = end < 0 ? text : text.substring(0, end + 1);
    return (main.replaceAll("(?m)^Multi-Release:.*\n", "").stripTrailing() + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
