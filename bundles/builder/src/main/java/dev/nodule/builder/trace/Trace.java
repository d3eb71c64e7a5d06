package dev.nodule.builder.trace;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an application loads. The first reference to a file or module is kept, which is the end of a
 * shortest chain from an entry.
 */
public final class Trace {
  /**
   * The place of a reference.
   *
   * @param file null for the command line
   * @param line counted from 1; 0 if it was seen at run time
   */
  public record Origin(@Nullable Path file, int line) {}

  /** Something that may be missing in the image. */
  public record Note(Path file, int line, String text) {}

  private final Path root;
  private final SequencedMap<Path, Origin> files = new LinkedHashMap<>();
  private final SortedMap<String, Origin> coreIds = new TreeMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final ArrayDeque<Path> unread = new ArrayDeque<>();

  Trace(Path root) {
    this.root = root;
  }

  void addFile(Path file, Origin origin) {
    if (files.putIfAbsent(file, origin) == null) {
      unread.add(file);
    }
  }

  void addCore(String id, Origin origin) {
    coreIds.putIfAbsent(id, origin);
  }

  void note(Path file, int line, String text) {
    notes.add(new Note(file, line, text));
  }

  @Nullable Path nextUnread() {
    return unread.poll();
  }

  /** The application's folder. */
  public Path root() {
    return root;
  }

  /** Every file that is loaded, with what loads it first. */
  public Map<Path, Origin> files() {
    return files;
  }

  /** Ids of core modules, with what loads them first. */
  public SortedMap<String, Origin> coreIds() {
    return coreIds;
  }

  public List<Note> notes() {
    return notes;
  }

  /** The way from an entry to a reference: places, the entry's first. */
  public List<String> chain(Origin last) {
    List<String> chain = new ArrayList<>();
    for (Origin at = last; at != null && at.file() != null; at = files.get(at.file())) {
      chain.addFirst(at.line() == 0 ? name(at.file()) : name(at.file()) + ":" + at.line());
    }
    return chain;
  }

  /** A file's name in reports: relative to the application. */
  public String name(Path file) {
    return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
  }
}
