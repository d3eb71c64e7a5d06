package dev.nodule.builder.trim;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The classes of libraries that roots can reach, at the grain of a class.
 *
 * <ol>
 *   <li>A class reaches what its constant pool names: classes, types in descriptors and signatures,
 *       and texts that are the name of a class, as reflection takes them.
 *   <li>A text such as {@code .Name} is the end of a name that is put together, with one of several
 *       packages: it reaches the classes of that name.
 *   <li>A service that is reached reaches its providers; one of Java's own those of jars of which
 *       something is reached.
 *   <li>A class of Truffle's domain language reaches what its annotation processor generated for it
 *       ({@code FooGen}), which is found by name.
 * </ol>
 */
final class Reachability {
  private static final String SERVICES = "META-INF/services/";

  private final Map<String, byte[]> classes = new HashMap<>();
  private final Map<String, List<String>> generated = new HashMap<>();
  private final Map<String, List<String>> providers = new HashMap<>();
  private final Map<String, List<String>> bySimpleName = new HashMap<>();
  private final Map<String, JarContent> jarOfClass = new HashMap<>();
  private final Set<JarContent> reachedJars = new HashSet<>();
  private final Map<JarContent, List<String>> withJar = new HashMap<>();
  private final Predicate<String> cut;
  private final Set<String> reached = new HashSet<>();
  private final ArrayDeque<String> waiting = new ArrayDeque<>();

  /**
   * A search in these jars.
   *
   * @param cut internal names of classes that are to be treated as missing
   */
  Reachability(Collection<JarContent> jars, Predicate<String> cut) throws IOException {
    this.cut = cut;
    for (JarContent jar : jars) {
      for (Map.Entry<String, byte[]> entry : jar.entries.entrySet()) {
        String path = entry.getKey();
        if (JarContent.isClass(path)) {
          addClass(jar, JarContent.className(path), entry.getValue());
        }
      }
    }
    for (JarContent jar : jars) {
      for (Map.Entry<String, byte[]> entry : jar.entries.entrySet()) {
        String path = entry.getKey();
        if (path.startsWith(SERVICES)) {
          addProviders(jar, path.substring(SERVICES.length()), lines(entry.getValue()));
        } else if (path.equals("module-info.class")) {
          ModuleDescriptor.read(ByteBuffer.wrap(entry.getValue()))
              .provides()
              .forEach(provides -> addProviders(jar, provides.service(), provides.providers()));
        }
      }
    }
  }

  private void addClass(JarContent jar, String name, byte[] bytes) {
    if (cut.test(name)) {
      return;
    }
    classes.put(name, bytes);
    jarOfClass.putIfAbsent(name, jar);
    bySimpleName
        .computeIfAbsent(name.substring(name.lastIndexOf('/') + 1), key -> new ArrayList<>())
        .add(name);
    if (name.endsWith("Gen") || name.contains("Gen$")) {
      String outer = name.replaceFirst("Gen(\\$.*)?$", "");
      generated.computeIfAbsent(simple(outer), key -> new ArrayList<>()).add(name);
    }
  }

  /** Package and innermost name: generated classes are not nested as their sources are. */
  private static String simple(String name) {
    int slash = name.lastIndexOf('/') + 1;
    return name.substring(0, slash) + name.substring(Math.max(slash, name.lastIndexOf('$') + 1));
  }

  private void addProviders(JarContent jar, String service, List<String> names) {
    String name = service.replace('.', '/');
    List<String> found = names.stream().map(provider -> provider.replace('.', '/')).toList();
    if (classes.containsKey(name)) {
      providers.computeIfAbsent(name, key -> new ArrayList<>()).addAll(found);
    } else if (!cut.test(name)) {
      withJar.computeIfAbsent(jar, key -> new ArrayList<>()).addAll(found);
    }
  }

  private static List<String> lines(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Counts a jar as one of which something is reached. */
  Reachability use(JarContent jar) {
    if (reachedJars.add(jar)) {
      reachAll(withJar.get(jar));
    }
    return this;
  }

  /** What these classes reach, themselves included. */
  Set<String> from(Collection<String> roots) throws IOException {
    roots.forEach(this::reach);
    for (String next = waiting.poll(); next != null; next = waiting.poll()) {
      byte[] bytes = classes.get(next);
      if (bytes != null) {
        ConstantPool.strings(bytes).forEach(this::reachNamed);
      }
      reachAll(generated.get(simple(next)));
      reachAll(providers.get(next));
    }
    return reached;
  }

  private void reachAll(@Nullable List<String> names) {
    if (names != null) {
      names.forEach(this::reach);
    }
  }

  /** Reaches a class if something else of its jar is reached, now or later. */
  private void reachWithJar(String name) {
    JarContent jar = jarOfClass.get(name);
    if (jar == null || reachedJars.contains(jar)) {
      reach(name);
    } else {
      withJar.computeIfAbsent(jar, key -> new ArrayList<>()).add(name);
    }
  }

  private void reach(String name) {
    if (classes.containsKey(name) && reached.add(name)) {
      waiting.add(name);
      JarContent jar = jarOfClass.get(name);
      if (jar != null) {
        use(jar);
      }
    }
  }

  /** A class, a descriptor, a signature, or any other text. */
  private void reachNamed(String text) {
    int length = text.length();
    if (length < 3 || length > 4000) {
      return;
    }
    // A recipe of a string concatenation has U+0001 for what is put in.
    int dot = text.charAt(0) == '\u0001' ? 1 : 0;
    if (text.charAt(dot) == '.' && Character.isUpperCase(text.charAt(dot + 1))) {
      for (String name : bySimpleName.getOrDefault(text.substring(dot + 1), List.of())) {
        reachWithJar(name);
      }
      return;
    }
    if (text.indexOf(';') < 0) {
      reach(text.indexOf('.') < 0 ? text : text.replace('.', '/'));
      return;
    }
    int start = text.indexOf('L');
    while (start >= 0) {
      int end = start + 1;
      while (end < length && ";<>()".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      reach(text.substring(start + 1, end));
      start = text.indexOf('L', end);
    }
  }
}
