package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.command.Selector.Filter;
import dev.nodule.npm.command.SelectorText.Attribute;
import dev.nodule.npm.pack.Glob;
import dev.nodule.npm.semver.Range;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.semver.Version;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import dev.nodule.npm.tree.PackageSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pseudo-classes of {@code query}. */
final class PseudoClasses {
  private final SelectorText text;
  private final Node root;
  private final List<Node> all;
  private final PackageFacts facts;
  private final Supplier<Filter> list;

  PseudoClasses(
      SelectorText text, Node root, List<Node> all, PackageFacts facts, Supplier<Filter> list) {
    this.text = text;
    this.root = root;
    this.all = all;
    this.facts = facts;
    this.list = list;
  }

  Map<String, @Nullable Object> content(Node node) {
    return facts.content(node);
  }

  /** The one whose name comes next in the text. */
  Filter next() {
    String name = text.word("[a-z-]");
    boolean arguments = text.takes('(');
    if (arguments) {
      text.skipSpace();
    }
    Filter result = of(name, arguments);
    if (arguments) {
      text.expect(')');
    }
    return result;
  }

  private Filter of(String name, boolean arguments) {
    return switch (name) {
      case "root", "scope" -> Filter.by(n -> n == root);
      case "empty" -> Filter.by(n -> n.edgesOut().isEmpty());
      case "private" -> Filter.by(n -> Boolean.TRUE.equals(content(n).get("private")));
      case "link" -> Filter.by(n -> n.isLink() || n.isTop() && n != root);
      case "deduped" -> Filter.by(n -> n.target().edgesIn().size() > 1);
      case "overridden" -> Filter.by(QueryCommand::isOverridden);
      case "extraneous" -> Filter.by(n -> n.extraneous && n != root);
      case "invalid" -> Filter.by(n -> n.edgesIn().stream().anyMatch(e -> !e.isValid()));
      case "missing" -> items -> missing();
      case "not" -> {
        var inner = list.get();
        yield items -> {
          var out = Set.copyOf(inner.of(items));
          return items.stream().filter(n -> !out.contains(n)).toList();
        };
      }
      case "is" -> list.get();
      case "has" -> {
        var inner = list.get();
        yield Filter.by(n -> !inner.of(List.of(n)).isEmpty());
      }
      case "semver" -> arguments ? semver() : items -> items;
      case "attr" -> {
        var lookup = lookup();
        yield Filter.by(
            n -> lookup.find(content(n)).stream().anyMatch(o -> lookup.last.matches(o)));
      }
      case "type" -> {
        String type = text.argument();
        yield Filter.by(n -> n.edgesIn().stream().anyMatch(e -> isType(e, type)));
      }
      case "path" -> {
        var glob = Glob.of(root.path().resolve(text.argument()).normalize().toString());
        yield Filter.by(n -> glob.matcher(n.realpath().toString()).matches());
      }
      case "outdated" -> {
        String kind = arguments ? text.argument() : "any";
        yield Filter.by(n -> isOutdated(n, kind.isEmpty() ? "any" : kind));
      }
      case "vuln" -> {
        var wanted = new ArrayList<Attribute>();
        while (arguments && text.isAt("[,")) {
          if (!text.takes(',')) {
            wanted.add(text.attribute());
          }
          text.skipSpace();
        }
        yield Filter.by(n -> isVulnerable(n, wanted));
      }
      default ->
          throw new NpmException(
              "EQUERYNOPSEUDO", "`:" + name + "` is not a supported pseudo selector.");
    };
  }

  private List<Node> missing() {
    var result = new ArrayList<Node>();
    for (Node node : all) {
      for (Edge e : node.edgesOut()) {
        if (e.problem() == Edge.Problem.MISSING) {
          var content = new LinkedHashMap<String, @Nullable Object>();
          content.put("name", e.name);
          content.put("version", e.spec());
          Node absent = QueryCommand.absent(content);
          facts.context(absent).put("missing", true);
          result.add(absent);
        }
      }
    }
    return result;
  }

  private static boolean isType(Edge e, String type) {
    try {
      var spec = PackageSpec.resolve(e.name, e.spec().isEmpty() ? "*" : e.spec(), e.from.path());
      return type.equals("registry")
          ? spec.isRegistry()
          : spec.type().name().equalsIgnoreCase(type);
    } catch (NpmException x) {
      return false;
    }
  }

  /** Fields one inside the other, and what the last of them has to be. */
  private record Lookup(List<String> fields, Attribute last) {
    List<Object> find(Map<String, @Nullable Object> content) {
      List<Object> found = List.of(content);
      for (String field : fields) {
        var next = new ArrayList<Object>();
        for (Object o : found) {
          Object value = field.isEmpty() ? o : Json.object(o).get(field);
          if (value instanceof List<?> l) {
            l.forEach(v -> next.add(v == null ? "" : v));
          } else if (value != null) {
            next.add(value);
          }
        }
        found = next;
      }
      return found;
    }
  }

  private Lookup lookup() {
    var fields = new ArrayList<String>();
    while (true) {
      text.skipSpace();
      if (text.isAt("[")) {
        var attribute = text.attribute();
        text.skipSpace();
        if (text.isAt(")") || text.isAt(",")) {
          return new Lookup(fields, attribute);
        }
        throw text.error();
      }
      fields.add(text.argument().replace("[]", ""));
      if (!text.takes(',')) {
        throw new NpmException(
            "EQUERYATTR", "`:attr` pseudo-class expects an attribute matcher as the last value");
      }
    }
  }

  private Filter semver() {
    String value = text.argument();
    if (value.isEmpty()) {
      return items -> items;
    }
    if (Range.parse(value, false, false) == null) {
      throw new NpmException(
          "EQUERYINVALIDSEMVER", "`" + value + "` is not a valid semver version or range");
    }
    var lookup = new Lookup(List.of(), new Attribute("version", null, "", false));
    String function = "infer";
    if (text.takes(',')) {
      text.skipSpace();
      if (text.isAt(":")) {
        text.takes(':');
        text.word("[a-z]");
        text.expect('(');
        lookup = lookup();
        text.expect(')');
      } else if (text.isAt("[")) {
        lookup = new Lookup(List.of(), text.attribute());
      } else {
        function = text.argument();
      }
      if (text.takes(',')) {
        function = text.argument();
      }
    }
    var where = lookup;
    String chosen = function;
    return Filter.by(
        n ->
            where.find(content(n)).stream()
                .anyMatch(
                    o ->
                        (where.last.operator() == null || where.last.matches(o))
                            && compares(
                                chosen,
                                Json.string(Json.object(o).get(where.last.field())),
                                value)));
  }

  private static boolean compares(String function, String actual, String value) {
    var range = Range.parse(actual, false, false);
    var other = Range.parse(value, false, false);
    if (actual.isEmpty() || range == null || other == null) {
      return false;
    }
    var version = Version.parse(actual, false);
    var wanted = Version.parse(value, false);
    String f =
        !function.equals("infer")
            ? function
            : version != null && wanted != null
                ? "eq"
                : version == null && wanted == null ? "intersects" : "satisfies";
    return switch (f) {
      case "eq", "neq", "gt", "gte", "lt", "lte" -> {
        if (version == null || wanted == null) {
          yield false;
        }
        int c = version.compareTo(wanted);
        yield switch (f) {
          case "eq" -> c == 0;
          case "neq" -> c != 0;
          case "gt" -> c > 0;
          case "gte" -> c >= 0;
          case "lt" -> c < 0;
          default -> c <= 0;
        };
      }
      case "satisfies" ->
          wanted != null ? range.test(wanted) : version != null && other.test(version);
      case "intersects" -> range.intersects(other);
      case "subset" -> other.contains(range);
      default ->
          throw new NpmException(
              "EQUERYINVALIDOPERATOR", "`semver." + f + "` is not a supported operator.");
    };
  }

  private boolean isOutdated(Node n, String kind) {
    var own = Version.parse(n.version(), true);
    if (n == root || n.isLink() || own == null || Boolean.TRUE.equals(content(n).get("private"))) {
      return false;
    }
    var versions =
        facts.versions(n.name).stream()
            .filter(v -> Version.parse(v, false) != null)
            .sorted(Semver::compare)
            .toList();
    facts.context(n).put("versions", versions);
    var greater = versions.stream().filter(v -> Semver.compare(v, n.version()) > 0).toList();
    return switch (kind) {
      case "any" -> !greater.isEmpty();
      case "major", "minor", "patch" ->
          greater.stream().anyMatch(v -> kind.equals(difference(own, Version.parse(v, false))));
      case "in-range", "out-of-range" -> {
        var found = new ArrayList<Map<String, Object>>();
        for (Edge e : n.edgesIn()) {
          var fitting =
              greater.stream()
                  .filter(v -> Semver.satisfies(v, e.spec()) == kind.equals("in-range"))
                  .toList();
          if (!fitting.isEmpty()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("from", e.from.location());
            entry.put("versions", fitting);
            found.add(entry);
          }
        }
        if (!found.isEmpty()) {
          var outdated = new LinkedHashMap<String, @Nullable Object>();
          outdated.put(kind.equals("in-range") ? "inRange" : "outOfRange", found);
          facts.context(n).put("outdated", outdated);
        }
        yield !found.isEmpty();
      }
      default -> false;
    };
  }

  private static String difference(Version a, @Nullable Version b) {
    if (b == null) {
      return "";
    }
    String kind =
        a.major != b.major
            ? "major"
            : a.minor != b.minor ? "minor" : a.patch != b.patch ? "patch" : "prerelease";
    return b.isPrerelease() && !kind.equals("prerelease") ? "pre" + kind : kind;
  }

  private boolean isVulnerable(Node n, List<Attribute> wanted) {
    var found = new ArrayList<Object>();
    for (Object advisory : facts.advisories(n, all)) {
      var a = Json.object(advisory);
      if (Semver.satisfies(n.version(), Json.string(a.get("vulnerable_versions")))
          && wanted.stream().allMatch(w -> isWanted(a, w))) {
        found.add(advisory == null ? Map.of() : advisory);
      }
    }
    if (!found.isEmpty()) {
      facts.context(n).put("advisories", found);
    }
    return !found.isEmpty();
  }

  private static boolean isWanted(Map<String, @Nullable Object> advisory, Attribute wanted) {
    var values = List.of(wanted.value().split("\\s*,\\s*"));
    if (wanted.field().equals("cwe")) {
      var own = advisory.get("cwe") instanceof List<?> l ? l : List.of();
      return values.contains("*")
          ? !own.isEmpty()
          : values.stream().allMatch(v -> own.contains("CWE-" + v));
    }
    return values.contains("*") || values.contains(Json.string(advisory.get(wanted.field())));
  }
}
