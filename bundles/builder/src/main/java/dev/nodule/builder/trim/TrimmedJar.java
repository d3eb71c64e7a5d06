package dev.nodule.builder.trim;

import java.nio.file.Path;

/**
 * A jar of an image.
 *
 * @param source the distribution's jar
 * @param modulePath whether it lies on the module path, as the compiler does
 * @param bytes what is written
 * @param classes how many classes are left
 * @param of how many there were
 */
public record TrimmedJar(Path source, boolean modulePath, byte[] bytes, int classes, int of) {
  public String name() {
    return String.valueOf(source.getFileName());
  }

  /** Whether it is one of Nodule's own. */
  public boolean isOwn() {
    return name().startsWith("nodule-");
  }
}
