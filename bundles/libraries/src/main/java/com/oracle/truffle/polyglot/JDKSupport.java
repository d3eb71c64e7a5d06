package com.oracle.truffle.polyglot;

import com.oracle.truffle.api.impl.Accessor.ModulesAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Truffle's class of this name on the bundle's class path. Truffle opens packages
 * inside of {@code java.base} through a native library; the class loader of a bundle does not find
 * those packages, and a second loader (after a refresh of the bundle) cannot load the library.
 * Without them Truffle takes its interpreter, as on any JVM where the library does not load.
 */
final class JDKSupport {
  private JDKSupport() {}

  static @Nullable ModulesAccessor getModulesAccessor() {
    return null;
  }

  static void exportTransitivelyTo(Module client) {
    // A bundle is one unnamed module, which sees all that is in it.
  }

  static void enableNativeAccess(Module client) {
    // The command line of the container says who may.
  }
}
