package dev.nodule.npm.pack;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.tree.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder npm would publish: the {@code files} field, ignore files, and what is
 * always in or out.
 */
public final class PackList {
  private static final IgnoreRules NEVER =
      IgnoreRules.parse(
          """
      .npmignore
      .gitignore
      **/.git
      **/.svn
      **/.hg
      **/CVS
      /.lock-wscript
      /.wafpickle-*
      /build/config.gypi
      npm-debug.log
      **/.npmrc
      .*.swp
      .DS_Store
      ._*
      *.orig
      /archived-packages
      /package-lock.json
      /yarn.lock
      /pnpm-lock.yaml
      /bun.lockb
      /bun.lock
      """);

  private final Path root;
  private final Set<String> always = new HashSet<>();
  private final @Nullable IgnoreRules files;
  private final Set<String> result = new TreeSet<>(LocaleOrder.ORDER);

  private PackList(Path root, Map<String, @Nullable Object> manifest) {
    this.root = root;
    if (manifest.get("main") instanceof String main) {
      always.add(plain(main));
      always.add(plain(main) + ".js");
    }
    new Manifest(manifest).bin().values().forEach(bin -> always.add(plain(bin)));
    if (manifest.get("files") instanceof List<?> list) {
      files = new IgnoreRules();
      for (Object entry : list) {
        String pattern = String.valueOf(entry);
        boolean negated = pattern.startsWith("!");
        String p = plain(negated ? pattern.substring(1) : pattern);
        files.add((negated ? "!" : "") + "/" + (p.isEmpty() || p.equals(".") ? "**" : p));
      }
    } else {
      files = null;
    }
  }

  /** Paths with slashes, in npm's order. */
  public static List<String> of(Path folder) throws IOException {
    Map<String, @Nullable Object> manifest = Manifest.readContent(folder.resolve("package.json"));
    var list = new PackList(folder, manifest);
    list.walk(folder, "", List.of(), false);
    list.bundled(new Manifest(manifest).bundled());
    return List.copyOf(list.result);
  }

  private static String plain(String path) {
    return path.replace('\\', '/').replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
  }

  private record Scope(String prefix, IgnoreRules rules) {}

  private void walk(Path folder, String prefix, List<Scope> outer, boolean named)
      throws IOException {
    var scopes = new ArrayList<>(outer);
    // Where there is a files field, the ignore file beside it does not count; those further down
    // do.
    if (files == null || !prefix.isEmpty()) {
      for (String name : List.of(".npmignore", ".gitignore")) {
        if (Files.isRegularFile(folder.resolve(name))) {
          scopes.add(new Scope(prefix, IgnoreRules.parse(Files.readString(folder.resolve(name)))));
          break;
        }
      }
    }
    var children = new ArrayList<Path>();
    try (var list = Files.newDirectoryStream(folder)) {
      list.forEach(children::add);
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      String path = prefix + name;
      boolean directory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
      if (!directory && !Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        continue; // links and devices are never packed
      }
      boolean sure =
          !directory
              && (always.contains(path) || prefix.isEmpty() && IgnoreRules.isAlwaysPart(name));
      if (name.equals("node_modules") && directory
          || !sure && Boolean.TRUE.equals(NEVER.ignores(path, directory))) {
        continue;
      }
      Boolean chosen = files == null ? null : files.ignores(path, directory);
      boolean inside = named && !Boolean.FALSE.equals(chosen) || Boolean.TRUE.equals(chosen);
      if (directory) {
        if (files == null ? !isIgnored(path, true, scopes) : true) {
          walk(child, path + "/", scopes, inside);
        }
      } else if (sure || (files == null || inside) && !isIgnored(path, false, scopes)) {
        result.add(path);
      }
    }
  }

  private static boolean isIgnored(String path, boolean directory, List<Scope> scopes) {
    boolean ignored = false;
    for (Scope scope : scopes) {
      Boolean says = scope.rules.ignores(path.substring(scope.prefix.length()), directory);
      ignored = says == null ? ignored : says;
    }
    return ignored;
  }

  /** The bundled dependencies with all that they need. */
  private void bundled(List<String> names) throws IOException {
    var queue = new ArrayDeque<>(names);
    var seen = new HashSet<>(names);
    for (String name; (name = queue.poll()) != null; ) {
      Path folder = root.resolve("node_modules").resolve(name);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (var walk = Files.walk(folder)) {
        walk.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
            .forEach(p -> result.add(root.relativize(p).toString()));
      }
      for (String next :
          Json.strings(Manifest.readContent(folder.resolve("package.json")).get("dependencies"))
              .keySet()) {
        if (seen.add(next)) {
          queue.add(next);
        }
      }
    }
  }
}
