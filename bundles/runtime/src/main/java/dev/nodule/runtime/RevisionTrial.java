package dev.nodule.runtime;

/** Who watches the first seconds of a new revision. */
@FunctionalInterface
public interface RevisionTrial {
  /** Nobody watches. */
  RevisionTrial NONE = (module, error) -> false;

  /**
   * Called on a realm's thread when nobody has caught what the JavaScript of a module's current
   * revision threw.
   *
   * @return true if the revision is going to be taken back for that, and the process is to go on
   */
  boolean failed(String module, String error);
}
