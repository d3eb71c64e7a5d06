package dev.nodule.npm.tree;

import java.nio.file.Path;
import java.util.List;

/** Where the resolver gets manifests from; the registry in practice. */
public interface ManifestSource {
  /**
   * The manifest of the version that the specifier means; throws {@code NpmException} when there is
   * none.
   */
  Manifest manifest(PackageSpec spec);

  /** Starts to fetch what {@link #manifest} may be asked for later. */
  void prefetch(String name, String spec);

  /** Told of each package that gets a place in the tree; it may lose it again. */
  default void placed(Node node) {}

  /** The unpacked folder of a package that brings bundled dependencies. */
  Path unpacked(Node node);

  /** A package found inside another one. */
  record Bundled(List<String> path, Manifest manifest) {}
}
