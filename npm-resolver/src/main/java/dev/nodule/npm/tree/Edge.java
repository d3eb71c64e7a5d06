package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A dependency of one node, and the node it resolves to at present. */
public final class Edge {
  /** Where the dependency is declared. */
  public enum Type {
    PROD,
    DEV,
    OPTIONAL,
    PEER,
    PEER_OPTIONAL,
    WORKSPACE
  }

  /** Why an edge is not satisfied. */
  public enum Problem {
    MISSING,
    PEER_LOCAL,
    INVALID,
    DETACHED
  }

  private static final Map<String, PackageSpec> REGISTRY_SPECS = new ConcurrentHashMap<>();

  public final Node from;
  public final String name;

  /** By which nodes find it: names are the same where a file system that folds case has them so. */
  final String key;

  /** The name becomes a path: one that could leave node_modules meets no specifier. */
  private final boolean nameIsValid;

  public final String rawSpec;
  public final Type type;
  private final @Nullable String accept;
  @Nullable Node to;
  @Nullable Overrides overrides;
  boolean peerConflicted;
  private @Nullable Problem problem;
  private boolean known;

  Edge(Node from, String name, String spec, @Nullable String accept, Type type) {
    this.from = from;
    this.name = name;
    this.key = Node.key(name);
    this.nameIsValid = PackageSpec.isValidName(name);
    this.rawSpec = spec;
    this.accept = accept;
    this.type = type;
    var old = from.edgesOut.get(key);
    if (old != null) {
      old.detach();
    }
    if (from.overrides != null) {
      overrides = from.overrides.ruleFor(this);
    }
    from.addEdgeOut(this);
    reload(true);
  }

  public boolean isPeer() {
    return type == Type.PEER || type == Type.PEER_OPTIONAL;
  }

  public boolean isOptional() {
    return type == Type.OPTIONAL || type == Type.PEER_OPTIONAL;
  }

  public boolean isDev() {
    return type == Type.DEV;
  }

  public @Nullable Node to() {
    return to;
  }

  /** The specifier after overrides. */
  public String spec() {
    var o = overrides;
    if (o == null || o.value == null || o.value.equals("*") || !name.equals(o.name)) {
      return rawSpec;
    }
    if (!o.value.startsWith("$")) {
      return o.value;
    }
    String reference = o.value.substring(1);
    Node source = from.sourceReference != null ? from.sourceReference : from;
    for (Node node : new Node[] {source.root, from}) {
      for (String kind :
          new String[] {
            "devDependencies", "optionalDependencies", "dependencies", "peerDependencies"
          }) {
        String spec = node.manifest.dependencies(kind).get(reference);
        if (spec != null && !spec.isEmpty()) {
          return spec;
        }
      }
    }
    throw new NpmException("EOVERRIDE", "Unable to resolve reference " + o.value);
  }

  /** Whether the node, wherever it lies, is what this edge asks for. */
  public boolean satisfiedBy(Node node) {
    if (!node.name.equals(name) || problem == Problem.DETACHED) {
      return false;
    }
    if (node.hasShrinkwrap || node.inShrinkwrap() || node.isInBundle()) {
      return admits(node, rawSpec);
    }
    String spec = spec();
    if (overrides == null || overrides.keySpec == null) {
      return admits(node, spec);
    }
    return admits(node, spec) || admits(node, rawSpec) && !admits(node, overrides.keySpec);
  }

  private boolean admits(Node child, String spec) {
    return admitsExactly(child, spec) || accept != null && admitsExactly(child, accept);
  }

  private boolean admitsExactly(Node child, String text) {
    try {
      return admits(child, parse(text));
    } catch (NpmException e) {
      return false;
    }
  }

  PackageSpec parse(String text) {
    if (!nameIsValid) {
      throw new NpmException("EINVALIDPACKAGENAME", "Invalid package name \"" + name + "\".");
    }
    String raw = text.isEmpty() ? "*" : text;
    var known = REGISTRY_SPECS.get(raw);
    if (known == null) {
      known = PackageSpec.resolve(name, raw, basePath());
      if (known.isRegistry()) {
        REGISTRY_SPECS.put(raw, known);
      }
    }
    return known;
  }

  /**
   * Where relative paths of this dependency start: at the root for a value that an override gave.
   */
  private Path basePath() {
    var o = overrides;
    if (o != null && name.equals(o.name) && o.value != null) {
      return (from.sourceReference != null ? from.sourceReference : from).root.path();
    }
    return from.path();
  }

  private static boolean admits(Node child, PackageSpec wanted) {
    return switch (wanted.type()) {
      case RANGE -> wanted.fetch().equals("*") || Semver.satisfies(child.version(), wanted.fetch());
      case VERSION -> Semver.satisfies(child.version(), wanted.fetch());
      case ALIAS -> wanted.target() != null && admits(child, wanted.target());
      case TAG -> child.resolved != null && child.resolved.startsWith("http");
      case DIRECTORY -> child.isLink() && child.realpath().equals(Path.of(wanted.fetch()));
      case FILE ->
          !child.isLink()
              && child.resolved != null
              && (child.resolved.equals("file:" + wanted.fetch())
                  || child.resolved.equals(wanted.save()));
      case REMOTE -> wanted.fetch().equals(child.resolved);
      case GIT -> child.resolved != null && GitSource.sameRepository(child.resolved, wanted);
    };
  }

  public @Nullable Problem problem() {
    if (known) {
      return problem;
    }
    if (to == null) {
      return isOptional() ? null : Problem.MISSING;
    }
    if (isPeer() && from == to.parent && !from.isTop()) {
      problem = Problem.PEER_LOCAL;
    } else if (!satisfiedBy(to)) {
      problem = Problem.INVALID;
    } else if (overrides != null
        && to.overrides != null
        && !to.edgesOut.isEmpty()
        && Overrides.conflict(overrides, to.overrides)) {
      problem = Problem.INVALID;
    } else {
      problem = null;
    }
    known = true;
    return problem;
  }

  public boolean isValid() {
    return problem() == null;
  }

  void reload(boolean hard) {
    boolean changedRule = false;
    Overrides before = overrides;
    if (from.overrides != null) {
      var rule = from.overrides.ruleFor(this);
      if (!rule.equals(overrides)) {
        changedRule = true;
        overrides = rule;
      }
    } else {
      overrides = null;
    }
    Node now = from.resolve(name);
    if (now != to) {
      if (to != null) {
        to.removeEdgeIn(this);
      }
      to = now;
      forget();
      if (now != null) {
        now.addEdgeIn(this);
      }
    } else if (hard) {
      forget();
    } else if (changedRule && to != null) {
      to.overridesRemoved(before);
      to.overridesAdded(overrides);
    }
  }

  private void forget() {
    known = false;
    problem = null;
  }

  void detach() {
    if (to != null) {
      to.removeEdgeIn(this);
    }
    from.removeEdgeOut(this);
    to = null;
    known = true;
    problem = Problem.DETACHED;
  }

  /** As in npm's explanations: {@code peer react@"^17" from x@1.0.0}. */
  public String describe() {
    String kind =
        switch (type) {
          case PROD -> "";
          case DEV -> "dev ";
          case OPTIONAL -> "optional ";
          case PEER -> "peer ";
          case PEER_OPTIONAL -> "peerOptional ";
          case WORKSPACE -> "workspace ";
        };
    Node source = from.sourceReference != null ? from.sourceReference : from;
    return kind
        + name
        + "@"
        + Json.write(spec(), "")
        + " from "
        + (source.isProjectRoot() ? "the root project" : source.id());
  }

  @Override
  public String toString() {
    return describe();
  }
}
