package dev.nodule.api;

import java.nio.file.Path;
import java.util.List;

/**
 * Looks at and changes the core modules of a running process: an OSGi service. The same operations
 * are behind the {@code nodule} command, the console's commands, the watched folder and {@code
 * require('nodule:modules')}. Thread-safe; operations run one after another. Not to be called on a
 * JavaScript thread, as each waits for the safe points of all realms.
 *
 * <p>See docs/hot-swap.md.
 */
public interface ModuleManager {
  /** All modules by name, with or without a provider. */
  List<ModuleStatus> modules();

  /**
   * Replaces or adds the modules of bundles, all at one safe point or none.
   *
   * @throws ModuleOperationException why nothing was changed
   */
  ModuleOperation swap(List<Path> jars, SwapOptions options) throws ModuleOperationException;

  /**
   * Applies a signed update of {@code nodule dist --update}: its modules are changed at one safe
   * point and kept for the next start, or nothing is.
   *
   * @throws ModuleOperationException why nothing was changed
   */
  ModuleOperation update(Path file, SwapOptions options) throws ModuleOperationException;

  /**
   * Brings back the revision before the current one.
   *
   * @param shipped rather the one that the image came with
   * @throws ModuleOperationException why nothing was changed
   */
  ModuleOperation rollback(String module, boolean shipped) throws ModuleOperationException;

  /**
   * Takes a module's provider away: calls fail with {@code ERR_MODULE_UNAVAILABLE} until it comes
   * back.
   *
   * @throws ModuleOperationException why nothing was changed
   */
  ModuleOperation stop(String module) throws ModuleOperationException;

  /**
   * Brings a stopped module back.
   *
   * @throws ModuleOperationException why nothing was changed
   */
  ModuleOperation start(String module) throws ModuleOperationException;

  /** What was done and refused in this process, the oldest first; a bounded number. */
  List<ModuleOperation> history();

  /** How the realms do now. */
  List<RealmStatus> realms();
}
