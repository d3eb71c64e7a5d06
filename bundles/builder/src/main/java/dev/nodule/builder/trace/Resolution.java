package dev.nodule.builder.trace;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Node.js's resolution of specifiers, on files that nobody runs (Node.js documentation: Modules, ES
 * modules).
 */
final class Resolution {
  private static final Set<String> REQUIRE = Set.of("node", "require", "module-sync", "default");
  private static final Set<String> IMPORT = Set.of("node", "import", "module-sync", "default");
  private static final String[] EXTENSIONS = {"", ".js", ".json", ".node"};

  private final Set<String> coreIds;
  private final PackageJson.Cache packages;

  Resolution(Set<String> coreIds, PackageJson.Cache packages) {
    this.coreIds = coreIds;
    this.packages = packages;
  }

  /** What {@code require(specifier)} or {@code import(specifier)} in a file gives. */
  Target resolve(String specifier, Path from, boolean isImport) {
    try {
      return find(specifier, from, isImport);
    } catch (IOException | InvalidPathException e) {
      return new Target.Missing("cannot be read: " + e.getMessage());
    }
  }

  private Target find(String specifier, Path from, boolean isImport) throws IOException {
    if (specifier.startsWith("node:")) {
      return new Target.Core(specifier.substring("node:".length()));
    }
    if (coreIds.contains(specifier)) {
      return new Target.Core(specifier);
    }
    Path folder = from.getParent();
    if (folder == null) {
      return new Target.Missing("no folder");
    }
    if (specifier.startsWith("file:")) {
      return file(Path.of(URI.create(specifier)));
    }
    if (specifier.matches("[a-z][a-z0-9+.-]*:.*")) {
      return new Target.Elsewhere();
    }
    if (specifier.startsWith("#")) {
      return imported(specifier, from, isImport);
    }
    if (specifier.startsWith("/")
        || specifier.equals(".")
        || specifier.equals("..")
        || specifier.startsWith("./")
        || specifier.startsWith("../")) {
      String plain = isImport ? specifier.replaceFirst("[?#].*$", "") : specifier;
      Path path = folder.resolve(plain).normalize();
      return isImport ? file(path) : fileOrFolder(path, plain.endsWith("/"));
    }
    return bare(specifier, from, isImport);
  }

  private Target imported(String specifier, Path from, boolean isImport) throws IOException {
    PackageJson scope = packages.scopeOf(from);
    String target =
        scope == null
            ? null
            : PackageTargets.find(scope.fields().get("imports"), specifier, conditions(isImport));
    if (scope == null || target == null) {
      return new Target.Missing("no such entry in \"imports\"");
    }
    return target.startsWith("./")
        ? file(scope.folder().resolve(target).normalize())
        : find(target, scope.folder().resolve("package.json"), isImport);
  }

  private Target bare(String specifier, Path from, boolean isImport) throws IOException {
    int slash = specifier.indexOf('/', specifier.startsWith("@") ? specifier.indexOf('/') + 1 : 0);
    String name = slash < 0 ? specifier : specifier.substring(0, slash);
    String subpath = slash < 0 ? "." : "." + specifier.substring(slash);
    PackageJson scope = packages.scopeOf(from);
    if (scope != null && name.equals(scope.text("name")) && scope.fields().get("exports") != null) {
      return exported(scope, subpath, isImport);
    }
    for (Path folder = from.getParent(); folder != null; folder = folder.getParent()) {
      if (folder.endsWith("node_modules")) {
        continue;
      }
      Path place = folder.resolve("node_modules").resolve(name);
      if (!Files.isDirectory(place)) {
        continue;
      }
      PackageJson found = packages.in(place);
      if (found != null && found.fields().get("exports") != null) {
        return exported(found, subpath, isImport);
      }
      Path path = slash < 0 ? place : place.resolve(subpath).normalize();
      Target target = fileOrFolder(path, slash < 0);
      if (!(target instanceof Target.Missing)) {
        return target;
      }
    }
    return new Target.Missing("package not installed");
  }

  private Target exported(PackageJson owner, String subpath, boolean isImport) throws IOException {
    String target =
        PackageTargets.find(owner.fields().get("exports"), subpath, conditions(isImport));
    return target == null
        ? new Target.Missing("\"exports\" has no " + subpath)
        : file(owner.folder().resolve(target).normalize());
  }

  private static Set<String> conditions(boolean isImport) {
    return isImport ? IMPORT : REQUIRE;
  }

  private static Target file(Path path) throws IOException {
    return Files.isRegularFile(path)
        ? new Target.File(path.toRealPath())
        : new Target.Missing("no file " + path);
  }

  private Target fileOrFolder(Path path, boolean folderOnly) throws IOException {
    if (!folderOnly) {
      Target file = withExtension(path);
      if (file != null) {
        return file;
      }
    }
    PackageJson description = packages.in(path);
    String main = description == null ? null : description.text("main");
    if (main != null) {
      Path target = path.resolve(main).normalize();
      Target file = withExtension(target);
      if (file == null) {
        file = withExtension(target.resolve("index"));
      }
      if (file != null) {
        return file;
      }
    }
    Target index = withExtension(path.resolve("index"));
    return index != null ? index : new Target.Missing("no file " + path);
  }

  private static @Nullable Target withExtension(Path path) throws IOException {
    for (String extension : EXTENSIONS) {
      Path candidate = extension.isEmpty() ? path : Path.of(path + extension);
      if (Files.isRegularFile(candidate)) {
        return new Target.File(candidate.toRealPath());
      }
    }
    return null;
  }
}
