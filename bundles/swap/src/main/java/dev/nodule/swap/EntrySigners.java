package dev.nodule.swap;

import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/** Who has signed every one of a jar's entries; those have been read to their ends. */
final class EntrySigners {
  private @Nullable List<CodeSigner> common;

  void add(JarEntry entry) {
    if (entry.isDirectory() || entry.getName().startsWith("META-INF/")) {
      return;
    }
    CodeSigner[] own = entry.getCodeSigners();
    List<CodeSigner> found = own == null ? List.of() : List.of(own);
    if (common == null) {
      common = new ArrayList<>(found);
    } else {
      common.retainAll(found);
    }
  }

  /** Empty if one entry has no signature. */
  List<CodeSigner> all() {
    return common == null ? List.of() : List.copyOf(common);
  }
}
