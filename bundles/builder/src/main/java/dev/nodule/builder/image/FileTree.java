package dev.nodule.builder.image;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Folders with all that is in them. */
public final class FileTree {
  private static final CopyOption[] COPY = {
    StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS
  };

  private FileTree() {}

  /** Removes a folder or file; nothing if it is not there. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Copies the files that are wanted, under their names relative to {@code from}. */
  public static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    for (Path file : entries(from)) {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || !wanted.test(file)) {
        continue;
      }
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target, COPY);
    }
  }

  /** Everything below a folder, in an order that depends on names alone. */
  public static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).sorted().toList();
    }
  }

  /** Bytes of the files below a folder, or of a file. */
  public static long size(Path tree) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          sum += Files.size(file);
        }
      }
    }
    return sum;
  }

  /** Gives everything one time of change: builds of the same content are the same. */
  public static void setTimes(Path folder, Instant time) throws IOException {
    for (Path file : entries(folder)) {
      if (!Files.isSymbolicLink(file)) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
    Files.setLastModifiedTime(folder, FileTime.from(time));
  }
}
