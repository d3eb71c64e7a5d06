package dev.nodule.swap;

import org.jspecify.annotations.Nullable;

/** The revisions of one module. Guarded by the manager's lock. */
final class ModuleSlot {
  final String name;

  /** Another object after each start of its bundle. */
  @Nullable Revision shipped;

  @Nullable Revision current;

  /** What a rollback brings back; kept, started and out of use. */
  @Nullable Revision previous;

  /** What the next start uses in place of the shipped revision. */
  @Nullable Revision chosen;

  boolean stopped;

  ModuleSlot(String name, @Nullable Revision shipped) {
    this.name = name;
    this.shipped = shipped;
    current = shipped;
  }

  /** The revision to go back to. */
  @Nullable Revision before() {
    if (previous != null) {
      return previous;
    }
    return current == shipped ? null : shipped;
  }
}
