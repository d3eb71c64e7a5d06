package dev.nodule.swap;

import dev.nodule.api.CoreModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * One version of a module that this process has or had.
 *
 * @param bundle the bundle that provides it
 * @param jar where it came from; null for one that the image came with
 */
record Revision(CoreModule module, Bundle bundle, @Nullable ModuleJar jar) {
  String version() {
    return module.version();
  }

  boolean isShipped() {
    return jar == null;
  }
}
