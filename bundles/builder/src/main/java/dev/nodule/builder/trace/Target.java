package dev.nodule.builder.trace;

import java.nio.file.Path;

/** What a specifier stands for. */
sealed interface Target {
  /** A file of the application or of a package. */
  record File(Path path) implements Target {}

  /** An id of a core module, without {@code node:}. */
  record Core(String id) implements Target {}

  /** Nothing that is there. */
  record Missing(String reason) implements Target {}

  /** Something that is no module of an image: {@code data:}, {@code https:}. */
  record Elsewhere() implements Target {}
}
