package dev.nodule.builder.trim;

import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Classes that code comes to by name.
 *
 * <ol>
 *   <li>A text that is the name of a class, as reflection takes it.
 *   <li>A text such as {@code .Name} is the end of a name that is put together, with one of several
 *       packages: the classes of that name.
 *   <li>The providers of a service that is used; of one of Java's own those of jars of which
 *       something is used.
 *   <li>What Truffle's annotation processor generated for a class ({@code FooGen}).
 * </ol>
 */
final class NamedClasses {
  private static final String SERVICES = "META-INF/services/";

  final Map<String, byte[]> bytes = new HashMap<>();
  private final Map<String, List<String>> generated = new HashMap<>();
  private final Map<String, List<String>> providers = new HashMap<>();
  private final Map<String, List<String>> bySimpleName = new HashMap<>();
  private final Map<String, JarContent> jarOfClass = new HashMap<>();
  private final Map<JarContent, List<String>> withJar = new HashMap<>();
  private final Set<JarContent> usedJars = new HashSet<>();
  private final Predicate<String> cut;

  /**
   * The classes of these jars.
   *
   * @param cut internal names of classes that are to be treated as missing
   */
  NamedClasses(Collection<JarContent> jars, Predicate<String> cut) {
    this.cut = cut;
    for (JarContent jar : jars) {
      for (Map.Entry<String, byte[]> entry : jar.entries.entrySet()) {
        if (JarContent.isClass(entry.getKey())) {
          addClass(jar, JarContent.className(entry.getKey()), entry.getValue());
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

  private void addClass(JarContent jar, String name, byte[] content) {
    if (cut.test(name) || bytes.putIfAbsent(name, content) != null) {
      return;
    }
    jarOfClass.put(name, jar);
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
    if (bytes.containsKey(name)) {
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

  /** Counts a jar as one of which something is used; tells of the classes that come with it. */
  void useJar(@Nullable JarContent jar, Consumer<String> found) {
    if (jar != null && usedJars.add(jar)) {
      withJar.getOrDefault(jar, List.of()).forEach(found);
    }
  }

  /** A class is used; tells of the classes that are looked for when it is. */
  void use(String name, Consumer<String> found) {
    useJar(jarOfClass.get(name), found);
    generated.getOrDefault(simple(name), List.of()).forEach(found);
    providers.getOrDefault(name, List.of()).forEach(found);
  }

  /** Tells of the classes that a text may name. */
  void text(String text, Consumer<String> found) {
    int length = text.length();
    if (length < 3 || length > 300) {
      return;
    }
    // A recipe of a string concatenation has U+0001 for what is put in.
    int dot = text.charAt(0) == '\u0001' ? 1 : 0;
    if (text.charAt(dot) == '.' && Character.isUpperCase(text.charAt(dot + 1))) {
      for (String name : bySimpleName.getOrDefault(text.substring(dot + 1), List.of())) {
        JarContent jar = jarOfClass.get(name);
        if (jar == null || usedJars.contains(jar)) {
          found.accept(name);
        } else {
          withJar.computeIfAbsent(jar, key -> new ArrayList<>()).add(name);
        }
      }
      return;
    }
    String name = text.replace('.', '/');
    if (bytes.containsKey(name)) {
      found.accept(name);
    }
  }
}
