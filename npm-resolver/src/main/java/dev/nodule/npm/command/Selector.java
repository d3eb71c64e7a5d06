package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * npm's dependency selectors. Grammar: a list of paths separated by commas; a path is compounds
 * joined by a space (somewhere below), {@code >} (a direct dependency) or {@code ~} (a sibling); a
 * compound is any of {@code *}, {@code #name}, {@code .kind}, {@code [field op value]} and
 * pseudo-classes.
 */
final class Selector {
  private record Step(char combinator, Predicate<Node> test) {}

  private final String text;
  private int at;

  private Selector(String text) {
    this.text = text;
  }

  static Predicate<Node> parse(String text) {
    var parser = new Selector(text.strip());
    var result = parser.list();
    if (parser.at < parser.text.length()) {
      throw parser.error();
    }
    return result;
  }

  private NpmException error() {
    return new NpmException(
        "EQUERYSYNTAX", "Cannot read the selector at " + (at + 1) + ": " + text);
  }

  private Predicate<Node> list() {
    Predicate<Node> result = path();
    while (skip() && peek() == ',') {
      at++;
      skip();
      result = result.or(path());
    }
    return result;
  }

  private Predicate<Node> path() {
    var steps = new ArrayList<Step>();
    char combinator = ' ';
    skip();
    if (peek() == '>' || peek() == '~') {
      throw error();
    }
    do {
      steps.add(new Step(combinator, compound()));
      boolean space = peek() == ' ';
      skip();
      combinator = peek() == '>' || peek() == '~' ? text.charAt(at++) : space ? ' ' : 0;
      skip();
      boolean end = at >= text.length() || peek() == ',' || peek() == ')';
      if (end && (combinator == '>' || combinator == '~')) {
        throw error();
      }
      combinator = end ? 0 : combinator;
    } while (combinator != 0);
    return node -> matches(node, steps, steps.size() - 1, new HashSet<>());
  }

  private static boolean matches(Node node, List<Step> steps, int last, Set<String> seen) {
    Step step = steps.get(last);
    if (!step.test.test(node)) {
      return false;
    }
    return last == 0
        || switch (step.combinator) {
          case '>' -> dependents(node).stream().anyMatch(n -> matches(n, steps, last - 1, seen));
          case '~' ->
              node.parent() != null
                  && node.parent().children().stream()
                      .anyMatch(n -> n != node && matches(n, steps, last - 1, seen));
          default ->
              dependents(node).stream()
                  .anyMatch(
                      n ->
                          seen.add(last + " " + n.location())
                              && (matches(n, steps, last - 1, new HashSet<>())
                                  || below(n, steps, last, seen)));
        };
  }

  private static boolean below(Node node, List<Step> steps, int last, Set<String> seen) {
    return dependents(node).stream()
        .anyMatch(
            n ->
                seen.add(last + " " + n.location())
                    && (matches(n, steps, last - 1, new HashSet<>())
                        || below(n, steps, last, seen)));
  }

  private static List<Node> dependents(Node node) {
    return node.edgesIn().stream().map(e -> e.from).distinct().toList();
  }

  private Predicate<Node> compound() {
    Predicate<Node> result = n -> true;
    int start = at;
    while (at < text.length()) {
      switch (peek()) {
        case '*' -> at++;
        case '#' -> {
          at++;
          String id = word("[A-Za-z0-9@/._\\\\-]");
          result = result.and(n -> n.name.equals(id) || n.id().equals(id));
        }
        case '.' -> {
          at++;
          result = result.and(kind(word("[a-z]")));
        }
        case '[' -> result = result.and(attribute());
        case ':' -> result = result.and(pseudo());
        default -> {
          if (at == start) {
            throw error();
          }
          return result;
        }
      }
    }
    if (at == start) {
      throw error();
    }
    return result;
  }

  private Predicate<Node> kind(String kind) {
    return switch (kind) {
      case "prod" ->
          n -> n.edgesIn().stream().anyMatch(e -> e.type == Edge.Type.PROD && e.from.isTop());
      case "dev" ->
          n ->
              n.dev || n.devOptional && n.edgesIn().stream().anyMatch(e -> e.type == Edge.Type.DEV);
      case "optional" -> n -> n.optional;
      case "peer" -> n -> n.peer || n.edgesIn().stream().anyMatch(Edge::isPeer);
      case "workspace" -> Node::isWorkspace;
      case "bundled" -> Node::isInBundle;
      default -> throw error();
    };
  }

  private Predicate<Node> attribute() {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw error();
    }
    var m =
        java.util.regex.Pattern.compile(
                "\\s*([\\w.-]+)\\s*(?:([~|^$*]?=)\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\]]*?))\\s*(i)?\\s*)?")
            .matcher(text.substring(at + 1, end));
    if (!m.matches()) {
      throw error();
    }
    at = end + 1;
    String field = m.group(1);
    String operator = m.group(2);
    String value = m.group(3) != null ? m.group(3) : m.group(4) != null ? m.group(4) : m.group(5);
    return node -> {
      Object actual =
          "name".equals(field)
              ? node.packageName().isEmpty() ? node.name : node.packageName()
              : node.manifest.get(field);
      if (operator == null || actual == null || value == null) {
        return actual != null && operator == null;
      }
      String s = actual instanceof String text ? text : Json.write(actual, "");
      return switch (operator) {
        case "=" -> s.equals(value);
        case "^=" -> s.startsWith(value);
        case "$=" -> s.endsWith(value);
        case "*=" -> s.contains(value);
        case "~=" ->
            actual instanceof List<?> l
                ? l.contains(value)
                : List.of(s.split("\\s+")).contains(value);
        default -> s.equals(value) || s.startsWith(value + "-");
      };
    };
  }

  private Predicate<Node> pseudo() {
    at++;
    String name = word("[a-z-]");
    boolean arguments = peek() == '(';
    if (arguments) {
      at++;
      skip();
    }
    Predicate<Node> result =
        switch (name) {
          case "root", "project" -> Node::isProjectRoot;
          case "scope" -> Node::isProjectRoot;
          case "empty" -> n -> n.edgesOut().isEmpty();
          case "private" -> n -> Boolean.TRUE.equals(n.manifest.get("private"));
          case "link" -> Node::isLink;
          case "deduped" -> n -> n.edgesIn().size() > 1;
          case "overridden" -> n -> n.edgesIn().stream().anyMatch(e -> !e.spec().equals(e.rawSpec));
          case "extraneous" -> n -> n.extraneous;
          case "invalid" -> n -> n.edgesIn().stream().anyMatch(e -> !e.isValid());
          case "missing" -> n -> false;
          case "not", "is", "has" -> {
            if (!arguments) {
              throw error();
            }
            skip();
            boolean direct = peek() == '>';
            at += direct ? 1 : 0;
            var inner = list();
            yield switch (name) {
              case "not" -> inner.negate();
              case "is" -> inner;
              default ->
                  n ->
                      direct
                          ? n.edgesOut().stream()
                              .anyMatch(e -> e.to() != null && inner.test(e.to()))
                          : reaches(n, inner, new HashSet<>());
            };
          }
          case "semver" -> {
            String range =
                text.substring(at, Math.max(at, text.indexOf(')', at)))
                    .replaceFirst(",.*", "")
                    .strip();
            at = text.indexOf(')', at);
            yield n -> Semver.satisfies(n.version(), range.replaceAll("^[\"']|[\"']$", ""));
          }
          case "type" -> {
            String type = word("[a-z]");
            yield n ->
                n.edgesIn().stream()
                    .anyMatch(
                        e ->
                            dev.nodule.npm.tree.PackageSpec.resolve(
                                    e.name, e.spec().isEmpty() ? "*" : e.spec(), n.root().path())
                                .type()
                                .name()
                                .equalsIgnoreCase(type));
          }
          case "path" -> {
            String glob = text.substring(at, Math.max(at, text.indexOf(')', at))).strip();
            at = text.indexOf(')', at);
            var matcher =
                java.nio.file.FileSystems.getDefault()
                    .getPathMatcher("glob:" + glob.replaceFirst("^\\./", ""));
            yield n -> matcher.matches(java.nio.file.Path.of(n.location()));
          }
          default ->
              throw new NpmException(
                  "EQUERYNOPSEUDO", ":" + name + " is not supported by this version of query");
        };
    if (arguments) {
      skip();
      if (peek() != ')') {
        throw error();
      }
      at++;
    }
    return result;
  }

  private static boolean reaches(Node node, Predicate<Node> test, Set<Node> seen) {
    return seen.add(node)
        && node.edgesOut().stream()
            .map(Edge::to)
            .anyMatch(to -> to != null && (test.test(to) || reaches(to, test, seen)));
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean skip() {
    while (peek() == ' ') {
      at++;
    }
    return true;
  }

  private String word(String characters) {
    int start = at;
    while (at < text.length() && String.valueOf(text.charAt(at)).matches(characters)) {
      at++;
    }
    if (start == at) {
      throw error();
    }
    return text.substring(start, at).replace("\\", "");
  }
}
