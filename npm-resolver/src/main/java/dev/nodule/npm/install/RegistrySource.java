package dev.nodule.npm.install;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.registry.Registry;
import dev.nodule.npm.registry.VersionPicker;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.ManifestSource;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Manifests from the registry, from archives and from folders; runs ahead of the resolver through
 * the whole tree.
 */
public final class RegistrySource implements ManifestSource {
  /** The bytes of a package's archive, checked. */
  public byte[] archive(Node node) {
    String name = node.packageName().isEmpty() ? node.name : node.packageName();
    return archive(
        registry.archiveAt(name, node.resolved, node.version()), node.integrity, node.id());
  }

  /** The archive that a specifier of the command line leads to, checked. */
  public byte[] archive(PackageSpec spec, Manifest manifest) {
    String id = manifest.name() + "@" + manifest.version();
    return switch (spec.type()) {
      case VERSION, RANGE, TAG, ALIAS ->
          archive(
              registry.archiveAt(manifest.name(), manifest.resolved, manifest.version()),
              manifest.integrity,
              id);
      case FILE -> archive(Path.of(spec.fetch()).toUri(), null, id);
      case REMOTE -> archive(URI.create(spec.fetch()), null, id);
      case GIT -> {
        String resolved = String.valueOf(manifest.resolved);
        String commit = resolved.substring(resolved.indexOf('#') + 1);
        yield GitRepository.parse(spec.fetch()).archive(env, commit, store.scratch);
      }
      case DIRECTORY -> throw new IllegalArgumentException("a folder has no archive");
    };
  }

  private byte[] archive(URI address, @Nullable String integrityText, String what) {
    byte[] bytes =
        "file".equals(address.getScheme())
            ? PackageStore.readFile(Path.of(address))
            : registry.archive(address, what);
    var integrity = Integrity.parse(integrityText);
    if (integrity != null) {
      integrity.check(bytes, what);
    }
    return bytes;
  }

  private static final Path NOWHERE = Path.of("/");

  private final Registry registry;
  private final VersionPicker picker;
  private final PackageStore store;
  private Predicate<Node> early = node -> false;
  private final Set<String> prefetched = ConcurrentHashMap.newKeySet();

  private final Map<String, CompletableFuture<PackageStore.Stored>> gitPackages =
      new ConcurrentHashMap<>();
  private final Map<String, String> env;

  RegistrySource(
      Registry registry, VersionPicker picker, PackageStore store, Map<String, String> env) {
    this.env = env;
    this.registry = registry;
    this.picker = picker;
    this.store = store;
  }

  @Override
  public Manifest manifest(PackageSpec spec) {
    return switch (spec.type()) {
      case VERSION, RANGE, TAG, ALIAS -> fromRegistry(spec);
      case FILE -> fromArchive(Path.of(spec.fetch()).toUri(), "file:" + spec.fetch(), spec);
      case REMOTE -> fromArchive(URI.create(spec.fetch()), spec.fetch(), spec);
      case DIRECTORY -> Manifest.read(Path.of(spec.fetch()));
      case GIT -> fromGit(spec);
    };
  }

  private Manifest fromGit(PackageSpec spec) {
    var repository = GitRepository.parse(spec.fetch());
    String commit = repository.commit(env);
    var stored = PackageStore.join(gitPackage(repository, commit, spec.toString()));
    var content = Manifest.readContent(stored.folder().resolve("package.json"));
    return new Manifest(content, null, repository.recorded() + "#" + commit);
  }

  private CompletableFuture<PackageStore.Stored> gitPackage(
      GitRepository repository, String commit, String what) {
    return gitPackages.computeIfAbsent(
        repository.address() + "#" + commit,
        key ->
            CompletableFuture.supplyAsync(
                () -> store.put(repository.archive(env, commit, store.scratch), what),
                registry.threads()));
  }

  private Manifest fromRegistry(PackageSpec spec) {
    var wanted = spec.registrySpec();
    String name = String.valueOf(wanted.name() != null ? wanted.name() : spec.name());
    var packument = PackageStore.join(registry.packument(name));
    return picker.pick(packument, wanted);
  }

  private Manifest fromArchive(URI address, String resolved, PackageSpec spec) {
    var stored = PackageStore.join(store.fetch(null, () -> address, spec.toString()));
    var content = Manifest.readContent(stored.folder().resolve("package.json"));
    return new Manifest(content, stored.integrity(), resolved);
  }

  @Override
  public void prefetch(String name, String text) {
    if (!prefetched.add(name + "@" + text)) {
      return;
    }
    try {
      var spec = PackageSpec.resolve(name, text.isEmpty() ? "*" : text, NOWHERE);
      if (!spec.isRegistry()) {
        return;
      }
      var wanted = spec.registrySpec();
      String target = String.valueOf(wanted.name() != null ? wanted.name() : name);
      registry
          .packument(target)
          .thenAcceptAsync(
              packument -> {
                try {
                  var m = picker.pick(packument, wanted);
                  for (String kind :
                      List.of("dependencies", "optionalDependencies", "peerDependencies")) {
                    for (Map.Entry<String, String> e : m.dependencies(kind).entrySet()) {
                      if (!kind.equals("peerDependencies") || !m.isOptionalPeer(e.getKey())) {
                        prefetch(e.getKey(), e.getValue());
                      }
                    }
                  }
                } catch (NpmException e) {
                  // reported when, and if, the resolver asks for it
                }
              },
              registry.threads());
    } catch (NpmException | RejectedExecutionException e) {
      // likewise
    }
  }

  /** From now on the archives of packages that are placed and pass are fetched at once. */
  void fetchEarly(Predicate<Node> wanted) {
    early = wanted;
  }

  @Override
  public void placed(Node node) {
    if (node.integrity != null && node.error == null && !node.isLink() && early.test(node)) {
      var _ = fetch(node); // a failure is told when, and if, the package is installed
    }
  }

  @Override
  public Path unpacked(Node node) {
    return PackageStore.join(fetch(node)).folder();
  }

  /** The package if it is here already; null where it has to be waited for. */
  PackageStore.@Nullable Stored stored(Node node) {
    @Nullable String resolved = node.resolved;
    return node.integrity == null || resolved != null && resolved.startsWith("git+")
        ? null
        : store.present(node.integrity);
  }

  public CompletableFuture<PackageStore.Stored> fetch(Node node) {
    String name = node.packageName().isEmpty() ? node.name : node.packageName();
    @Nullable String resolved = node.resolved;
    if (resolved != null && resolved.startsWith("git+") && resolved.contains("#")) {
      var repository = GitRepository.parse(resolved);
      return gitPackage(repository, repository.committish(), node.id());
    }
    return store.fetch(
        node.integrity,
        () ->
            resolved != null && resolved.startsWith("file:")
                ? node.root().path().resolve(resolved.substring(5)).normalize().toUri()
                : registry.archiveAt(name, resolved, node.version()),
        node.id());
  }
}
