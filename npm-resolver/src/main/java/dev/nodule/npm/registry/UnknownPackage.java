package dev.nodule.npm.registry;

import dev.nodule.npm.NpmException;

/** The registry has no package of this name. */
public final class UnknownPackage extends NpmException {
  private final String name;

  UnknownPackage(String name, NpmException cause) {
    super(cause.code(), String.valueOf(cause.getMessage()), cause);
    this.name = name;
  }

  public String name() {
    return name;
  }
}
