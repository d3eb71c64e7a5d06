package dev.nodule.runtime;

import java.util.List;

/** Revisions that one realm has evaluated and nobody sees yet. */
public final class PreparedRevisions {
  final List<ModuleInstance> instances;

  PreparedRevisions(List<ModuleInstance> instances) {
    this.instances = List.copyOf(instances);
  }
}
