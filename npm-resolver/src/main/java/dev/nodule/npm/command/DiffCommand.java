package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.diff.PackagePatch;
import dev.nodule.npm.install.ArchiveContents;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.pack.Glob;
import dev.nodule.npm.pack.PackArchive;
import dev.nodule.npm.script.ProjectScripts;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code diff}: what changed between two packages, or between a published one and what is here. */
final class DiffCommand implements Command {
  @Override
  public boolean runsInEachWorkspace() {
    return true;
  }

  @Override
  public int run(Invocation call) throws IOException {
    var specs =
        Arrays.stream(call.config().get("diff", "").split("\n+"))
            .filter(s -> !s.isEmpty())
            .toList();
    if (specs.size() > 2) {
      throw call.usage("Can't use more than two --diff arguments.");
    }
    try (var session = call.session()) {
      var sides = new ArrayList<PackagePatch.Side>();
      for (PackageSpec spec : new Sides(call, session).of(specs)) {
        sides.add(side(call, session, spec));
      }
      call.out()
          .println(PackagePatch.of(sides.getFirst(), sides.getLast(), filter(call), options(call)));
    }
    return 0;
  }

  private static PackagePatch.Options options(Invocation call) {
    var config = call.config();
    boolean prefixes = !config.flag("diff-no-prefix");
    return new PackagePatch.Options(
        config.flag("diff-name-only"),
        Math.max(0, config.number("diff-unified", 3)),
        config.flag("diff-ignore-all-space"),
        prefixes ? config.get("diff-src-prefix", "a/") : "",
        prefixes ? config.get("diff-dst-prefix", "b/") : "",
        config.flag("diff-text"),
        call.isColored());
  }

  /**
   * Files and folders as they are named, or by pattern; a bare pattern looks at names in any
   * folder.
   */
  private static Predicate<String> filter(Invocation call) {
    var wanted = Stream.concat(call.words().stream(), call.rest().stream()).toList();
    if (wanted.isEmpty()) {
      return path -> true;
    }
    var tests = new ArrayList<Predicate<String>>();
    for (String word : wanted) {
      String plain = word.replace('\\', '/').replaceFirst("^\\./", "");
      boolean anywhere = plain.startsWith("*") && !plain.contains("/");
      var pattern = Glob.of((anywhere ? "**/" : "") + plain);
      tests.add(path -> pattern.matcher(path).matches() || path.startsWith(plain));
    }
    return path -> tests.stream().anyMatch(t -> t.test(path));
  }

  private static PackagePatch.Side side(Invocation call, Session session, PackageSpec spec)
      throws IOException {
    if (spec.type() != PackageSpec.Type.DIRECTORY) {
      var manifest = session.source.manifest(spec);
      return new PackagePatch.Side(
          manifest.version(),
          ArchiveContents.of(session.source.archive(spec, manifest), spec.toString()));
    }
    Path folder = Path.of(spec.fetch());
    String version =
        Json.string(Manifest.readContent(folder.resolve("package.json")).get("version"));
    boolean installed =
        folder.getParent() != null
            && ("/" + folder.getParent() + "/").matches(".*/node_modules/(@[^/]+/)?");
    if (!installed) {
      new ProjectScripts(
              folder,
              new ScriptRunner(call.config(), call.env(), folder, call.cwd(), "diff"),
              call.err(),
              !call.config().flag("ignore-scripts"))
          .run("prepare");
    }
    return new PackagePatch.Side(
        version.isEmpty() ? "undefined" : version,
        installed
            ? ArchiveContents.of(folder)
            : ArchiveContents.of(PackArchive.of(folder).bytes(), folder.toString()));
  }

  /** Which two packages are meant. */
  private record Sides(Invocation call, Session session) {
    List<PackageSpec> of(List<String> specs) {
      if (specs.isEmpty()) {
        return List.of(
            named(requiredName(), call.config().get("tag", "latest")), folder(call.project()));
      }
      return specs.size() == 1 ? one(specs.getFirst()) : two(specs.getFirst(), specs.getLast());
    }

    private List<PackageSpec> one(String text) {
      if (isRange(text)) {
        return List.of(named(requiredName(), text), folder(call.project()));
      }
      var spec = PackageSpec.parse(text, call.cwd());
      String name = spec.name();
      if (spec.type() == PackageSpec.Type.DIRECTORY) {
        return List.of(spec, folder(call.project()));
      }
      if (!spec.isRegistry() || name == null) {
        throw call.usage("Spec type of " + text + " not supported.");
      }
      Node node = installed(name);
      if (node == null) {
        if (!Files.exists(call.project().resolve("package.json"))) {
          throw needsProject();
        }
        return List.of(
            spec.raw().equals("*") ? named(name, call.config().get("tag", "latest")) : spec,
            folder(call.project()));
      }
      return List.of(
          folder(node.realpath()), spec.raw().equals("*") ? named(name, wanted(node)) : spec);
    }

    /** The range by which the project, or else anybody, asks for the package. */
    private static String wanted(Node node) {
      Edge own = node.root().edge(node.name);
      String spec =
          own != null
              ? own.spec()
              : node.edgesIn().stream().map(Edge::spec).findFirst().orElse("*");
      return spec.isEmpty() ? "*" : spec;
    }

    private List<PackageSpec> two(String a, String b) {
      boolean rangeA = isRange(a);
      boolean rangeB = isRange(b);
      if (rangeA && rangeB) {
        String name = requiredName();
        return List.of(named(name, a), named(name, b));
      }
      if (rangeA) {
        var other = PackageSpec.parse(b, call.cwd());
        return List.of(named(nameOf(other, b), a), orInstalled(other));
      }
      var first = PackageSpec.parse(a, call.cwd());
      return List.of(
          orInstalled(first),
          rangeB ? named(nameOf(first, a), b) : orInstalled(PackageSpec.parse(b, call.cwd())));
    }

    private String nameOf(PackageSpec spec, String text) {
      String name = spec.name();
      if (name == null) {
        throw call.usage(text + " names no package whose version could be compared.");
      }
      return name;
    }

    /** A name alone means what is installed of it, if it is. */
    private PackageSpec orInstalled(PackageSpec spec) {
      String name = spec.name();
      if (!spec.isRegistry() || name == null || !spec.raw().equals("*")) {
        return spec;
      }
      Node node = installed(name);
      return node != null
          ? folder(node.realpath())
          : named(name, call.config().get("tag", "latest"));
    }

    private @Nullable Node installed(String name) {
      try {
        return call.installed().packages().stream()
            .filter(n -> name.equals(n.packageName()) && !n.version().isEmpty())
            .filter(n -> Files.exists(n.realpath().resolve("package.json")))
            .findFirst()
            .orElse(null);
      } catch (NpmException e) {
        return null; // nothing here that could be read as a tree
      }
    }

    private String requiredName() {
      Path file = call.project().resolve("package.json");
      String name = Files.exists(file) ? Json.string(Manifest.readContent(file).get("name")) : "";
      if (name.isEmpty()) {
        throw needsProject();
      }
      return name;
    }

    private NpmException needsProject() {
      return call.usage("Needs multiple arguments to compare or run from a project dir.");
    }

    private PackageSpec named(String name, String spec) {
      return PackageSpec.resolve(name, spec, call.cwd());
    }

    private PackageSpec folder(Path path) {
      return PackageSpec.resolve(null, "file:" + path, call.cwd());
    }

    private static boolean isRange(String text) {
      return Range.parse(text, false, false) != null;
    }
  }
}
