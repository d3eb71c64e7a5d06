package dev.nodule.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What JavaScript names by a number, owned by a loop and so shared by all revisions of a module:
 * objects of an earlier revision keep their numbers. Holds types of this package or of the JDK
 * alone, as a revision's own classes mean nothing to the next. On the loop's thread.
 */
public final class HandleTable<T> {
  private final Map<Integer, T> entries = new HashMap<>();
  private int last;

  /** A free number, greater than 0, for {@link #put}. */
  public int next() {
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (entries.containsKey(last));
    return last;
  }

  public void put(int id, T entry) {
    entries.put(id, entry);
  }

  /** Enters an object; the number is greater than 0 and is not used again soon. */
  public int add(T entry) {
    int id = next();
    entries.put(id, entry);
    return id;
  }

  /** The object of a number; null if it was removed. */
  public @Nullable T get(int id) {
    return entries.get(id);
  }

  /** Takes an object out, and returns it. */
  public @Nullable T remove(int id) {
    return entries.remove(id);
  }
}
