package dev.nodule.metrics;

import dev.nodule.api.ModuleStatus;

/** {@link ModuleStatus} as JMX takes it apart. */
public final class ModuleFigures {
  private final ModuleStatus status;

  ModuleFigures(ModuleStatus status) {
    this.status = status;
  }

  public String getName() {
    return status.name();
  }

  /** Empty while the module has no provider. */
  public String getVersion() {
    return text(status.version());
  }

  public String getShippedVersion() {
    return text(status.shipped());
  }

  public String getPreviousVersion() {
    return text(status.previous());
  }

  public boolean isLoaded() {
    return status.loaded();
  }

  public long getCalls() {
    return status.calls();
  }

  public long getErrors() {
    return status.errors();
  }

  public int getHandles() {
    return status.handles();
  }

  public int getDraining() {
    return status.draining();
  }

  private static String text(@org.jspecify.annotations.Nullable String version) {
    return version == null ? "" : version;
  }
}
