package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code overrides} that hold below one node: its own, and those of every rule that
 * led here.
 */
public final class Overrides {
  private static final Path HERE = Path.of("/");

  final @Nullable Overrides parent;
  final @Nullable String name;
  final @Nullable String key;

  /** The versions that the rule is about. */
  final @Nullable String keySpec;

  final @Nullable String value;
  private final Map<String, Overrides> children = new LinkedHashMap<>();
  private @Nullable Map<String, Overrides> rules;

  private Overrides(@Nullable Object content, @Nullable String key, @Nullable Overrides parent) {
    this.parent = parent;
    this.key = key;
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (content instanceof String s) {
      map.put(".", s);
    } else {
      map.putAll(Json.object(content));
    }
    if (key == null) {
      name = null;
      keySpec = null;
      value = null;
    } else {
      var spec = PackageSpec.parse(key, HERE);
      if (spec.name() == null) {
        throw new NpmException("EOVERRIDE", "Override without name: " + key);
      }
      name = spec.name();
      keySpec = spec.fetch().isEmpty() ? spec.raw() : spec.fetch();
      String own = Json.string(map.get("."));
      value = own.isEmpty() ? (map.get(".") instanceof String ? "*" : keySpec) : own;
    }
    map.forEach(
        (k, v) -> {
          if (!k.equals(".")) {
            children.put(k, new Overrides(v, k, this));
          }
        });
  }

  static @Nullable Overrides of(Manifest root) {
    var map = Json.object(root.get("overrides"));
    return map.isEmpty() ? null : new Overrides(map, null, null);
  }

  /** The rules in force: the nearest declaration of each key. */
  private Map<String, Overrides> rules() {
    if (rules == null) {
      var found = new LinkedHashMap<String, Overrides>();
      for (Overrides o = this; o != null; o = o.parent) {
        o.children.forEach(found::putIfAbsent);
        if (o.key != null) {
          found.putIfAbsent(o.key, o);
        }
      }
      rules = found;
    }
    return rules;
  }

  Overrides ruleFor(Edge edge) {
    for (var rule : rules().values()) {
      if (!edge.name.equals(rule.name)) {
        continue;
      }
      if ("*".equals(rule.keySpec)) {
        return rule;
      }
      PackageSpec spec;
      try {
        spec = edge.parse(edge.rawSpec).registrySpec();
      } catch (NpmException e) {
        continue;
      }
      switch (spec.type()) {
        case RANGE, VERSION -> {
          if (Semver.intersects(spec.fetch(), String.valueOf(rule.keySpec))) {
            return rule;
          }
        }
        case GIT -> {}
        default -> {
          return rule;
        }
      }
    }
    return this;
  }

  /** The narrower of two sets, null when their rules contradict each other. */
  static @Nullable Overrides narrower(Overrides a, Overrides b) {
    for (Overrides o = b; o != null; o = o.parent) {
      if (o.equals(a)) {
        return b;
      }
    }
    for (Overrides o = a; o != null; o = o.parent) {
      if (o.equals(b)) {
        return a;
      }
    }
    return contradict(a, b) ? null : commonAncestor(a, b);
  }

  private static @Nullable Overrides commonAncestor(Overrides a, Overrides b) {
    List<Overrides> ancestors = new ArrayList<>();
    for (Overrides o = a; o != null; o = o.parent) {
      ancestors.add(o);
    }
    for (Overrides o = b; o != null; o = o.parent) {
      int i = ancestors.indexOf(o);
      if (i >= 0) {
        return ancestors.get(i);
      }
    }
    return null;
  }

  static boolean conflict(Overrides a, Overrides b) {
    return narrower(a, b) == null && contradict(a, b);
  }

  private static boolean contradict(Overrides a, Overrides b) {
    for (var e : a.rules().entrySet()) {
      var first = e.getValue();
      var second = b.rules().get(e.getKey());
      if (second == null || first.equals(second)) {
        continue;
      }
      String x = String.valueOf(first.value);
      String y = String.valueOf(second.value);
      if (!x.startsWith("$")
          && !y.startsWith("$")
          && isRange(x)
          && isRange(y)
          && !Semver.intersects(x, y)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRange(String s) {
    return dev.nodule.npm.semver.Range.loose(s) != null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Overrides o
            && Objects.equals(key, o.key)
            && Objects.equals(value, o.value)
            && sameChildren(o)
            && Objects.equals(parent, o.parent);
  }

  private boolean sameChildren(Overrides o) {
    return children.keySet().equals(o.children.keySet())
        && children.entrySet().stream()
            .allMatch(
                e -> {
                  var other = Objects.requireNonNull(o.children.get(e.getKey()));
                  return Objects.equals(e.getValue().value, other.value)
                      && e.getValue().sameChildren(other);
                });
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, value);
  }
}
