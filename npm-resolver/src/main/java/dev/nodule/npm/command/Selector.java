package dev.nodule.npm.command;

import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * npm's dependency selectors. Grammar: a list of paths separated by commas; a path is compounds
 * joined by a space (somewhere below), {@code >} (a direct dependency) or {@code ~} (a sibling); a
 * compound is any of {@code *}, {@code #name}, {@code .kind}, {@code [field op value]} and
 * pseudo-classes, each of which leaves some of what the ones before it left.
 */
final class Selector {
  /** Leaves some of the packages. */
  interface Filter {
    List<Node> of(List<Node> items);

    static Filter by(Predicate<Node> test) {
      return items -> items.stream().filter(test).toList();
    }
  }

  private record Step(char combinator, List<Filter> filters) {
    List<Node> of(List<Node> items) {
      var left = items;
      for (Filter filter : filters) {
        left = filter.of(left);
      }
      return left;
    }
  }

  private final SelectorText text;
  private final List<Node> all;
  private final PseudoClasses pseudo;

  private Selector(String text, Node root, PackageFacts facts) {
    this.text = new SelectorText(text.strip());
    this.all = List.copyOf(root.inventory());
    this.pseudo = new PseudoClasses(this.text, root, all, facts, this::list);
  }

  /** The packages of a tree that the selector names, by location. */
  static List<Node> select(String text, Node root, PackageFacts facts) {
    var selector = new Selector(text, root, facts);
    Filter filter = selector.list();
    if (!selector.text.isAtEnd()) {
      throw selector.text.error();
    }
    return filter.of(selector.all).stream()
        .distinct()
        .sorted(Comparator.comparing(Node::location, LocaleOrder.ORDER))
        .toList();
  }

  private Filter list() {
    var paths = new ArrayList<List<Step>>();
    do {
      paths.add(path());
    } while (text.takes(','));
    return items -> {
      var result = new LinkedHashSet<Node>();
      paths.forEach(p -> result.addAll(walk(p, items)));
      return List.copyOf(result);
    };
  }

  private List<Step> path() {
    var steps = new ArrayList<Step>();
    text.skipSpace();
    // In :has(> x) the path starts at the package itself.
    char combinator = text.takes('>') ? '>' : text.takes('~') ? '~' : 0;
    do {
      text.skipSpace();
      steps.add(new Step(combinator, compound()));
      boolean space = text.skipSpace();
      combinator =
          text.takes('>')
              ? '>'
              : text.takes('~') ? '~' : space && !text.isAtEnd() && !text.isAt(",)") ? ' ' : 0;
    } while (combinator != 0);
    return steps;
  }

  private List<Node> walk(List<Step> steps, List<Node> items) {
    List<Node> current = items;
    for (Step step : steps) {
      List<Node> before = current;
      current =
          switch (step.combinator) {
            case 0 -> step.of(items);
            case '>' -> step.of(all).stream().filter(n -> isDirectlyBelow(n, before)).toList();
            case '~' -> {
              var parents = new HashSet<Node>();
              before.forEach(n -> n.edgesIn().forEach(e -> parents.add(e.from)));
              yield step.of(all).stream()
                  .filter(n -> !before.contains(n) && isDirectlyBelow(n, parents))
                  .toList();
            }
            default ->
                step.of(all).stream().filter(n -> isBelow(n, before, new HashSet<>())).toList();
          };
    }
    return current;
  }

  private static boolean isDirectlyBelow(Node node, Collection<Node> above) {
    return node.edgesIn().stream()
        .anyMatch(
            e -> above.stream().anyMatch(a -> e.from == a || a.isLink() && e.from == a.target()));
  }

  private static boolean isBelow(Node node, List<Node> above, Set<Node> seen) {
    return seen.add(node)
        && (isDirectlyBelow(node, above)
            || node.edgesIn().stream().anyMatch(e -> isBelow(e.from, above, seen))
            || node.resolveParent() != null
                && node.isTop()
                && isBelow(node.resolveParent(), above, seen));
  }

  private List<Filter> compound() {
    var filters = new ArrayList<Filter>();
    while (!text.isAtEnd()) {
      if (text.takes('*')) {
        filters.add(items -> items);
      } else if (text.takes('#')) {
        String id = text.word("[A-Za-z0-9@/_\\\\-]");
        filters.add(Filter.by(n -> n.name.equals(id) || n.packageName().equals(id)));
      } else if (text.takes('.')) {
        filters.add(kind(text.word("[^\\s>~,:#.\\[()]")));
      } else if (text.isAt("[")) {
        var attribute = text.attribute();
        filters.add(Filter.by(n -> attribute.matches(pseudo.content(n))));
      } else if (text.takes(':')) {
        filters.add(pseudo.next());
      } else {
        break;
      }
    }
    if (filters.isEmpty()) {
      throw text.error();
    }
    return filters;
  }

  private static Filter kind(String kind) {
    return Filter.by(
        switch (kind) {
          case "prod" -> n -> !n.dev;
          case "dev" -> n -> isOfKind(n, kind, new HashSet<>());
          case "optional" -> n -> isOfKind(n, kind, new HashSet<>());
          case "peer" -> n -> isOfKind(n, kind, new HashSet<>());
          case "workspace" -> Node::isWorkspace;
          case "bundled" -> Node::isInBundle;
          default ->
              throw new NpmException(
                  "EQUERYNODEPTYPE", "`." + kind + "` is not a supported dependency type.");
        });
  }

  /** Of this kind itself, or asked for by something that is. */
  private static boolean isOfKind(Node node, String kind, Set<Edge> seen) {
    return has(node, kind)
        || node.edgesIn().stream()
            .anyMatch(
                e ->
                    seen.add(e)
                        && (e.type.name().equalsIgnoreCase(kind)
                            || has(e.from, kind)
                            || isOfKind(e.from, kind, seen)));
  }

  private static boolean has(Node node, String kind) {
    return switch (kind) {
      case "dev" -> node.dev;
      case "optional" -> node.optional;
      default -> node.peer;
    };
  }
}
