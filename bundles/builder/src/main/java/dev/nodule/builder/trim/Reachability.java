package dev.nodule.builder.trim;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The classes of libraries that roots can reach, at the grain of a class: a class reaches what its
 * constant pool names (classes, types in descriptors and signatures) and what code comes to by name
 * ({@link NamedClasses}).
 */
final class Reachability {
  private final NamedClasses named;
  private final Set<String> reached = new HashSet<>();
  private final ArrayDeque<String> waiting = new ArrayDeque<>();

  Reachability(NamedClasses named) {
    this.named = named;
  }

  /** Counts a jar as one of which something is reached. */
  void use(JarContent jar) {
    named.useJar(jar, this::reach);
  }

  /** What these classes reach, themselves included. */
  Set<String> from(Collection<String> roots) throws IOException {
    roots.forEach(this::reach);
    for (String next = waiting.poll(); next != null; next = waiting.poll()) {
      byte[] bytes = named.bytes.get(next);
      if (bytes != null) {
        ConstantPool.strings(bytes).forEach(this::reachNamed);
      }
      named.use(next, this::reach);
    }
    return reached;
  }

  private void reach(String name) {
    if (named.bytes.containsKey(name) && reached.add(name)) {
      waiting.add(name);
    }
  }

  /** A class, a descriptor, a signature, or any other text. */
  private void reachNamed(String text) {
    if (text.indexOf(';') < 0) {
      named.text(text, this::reach);
      return;
    }
    int length = text.length();
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
