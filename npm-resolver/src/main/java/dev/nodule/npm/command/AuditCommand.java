package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Semver;
import dev.nodule.npm.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code audit}: known advisories against what is installed; {@code fix} and {@code signatures}.
 */
final class AuditCommand implements Command {
  private static final List<String> LEVELS = List.of("info", "low", "moderate", "high", "critical");

  record Finding(String name, List<Map<String, @Nullable Object>> advisories, List<Node> nodes) {
    boolean concerns(String version) {
      return advisories.stream()
          .anyMatch(a -> Semver.satisfies(version, Json.string(a.get("vulnerable_versions"))));
    }

    String severity() {
      return advisories.stream()
          .map(a -> Json.string(a.get("severity")))
          .max((a, b) -> rank(a) - rank(b))
          .orElse("info");
    }
  }

  @Override
  public int run(Invocation call) {
    String what = call.words().isEmpty() ? "" : call.words().getFirst();
    if (call.words().size() > 1 || !List.of("", "fix", "signatures").contains(what)) {
      throw call.usage("audit takes nothing, or one of: fix, signatures");
    }
    if (what.equals("signatures")) {
      return new AuditSignatures(call).run();
    }
    if (what.equals("fix") && call.config().flag("force")) {
      throw new NpmException(
          "EUNSUPPORTED",
          "audit fix --force, which leaves the ranges of package.json, is not supported. "
              + "Name the version instead: nodule install NAME@VERSION");
    }
    String least = call.config().get("audit-level", "info");
    if (!least.equals("none") && !LEVELS.contains(least)) {
      throw call.usage("--audit-level is one of " + String.join(", ", LEVELS) + ", none");
    }
    var packages = registryPackages(call);
    var findings = findings(advisories(call, packages), packages);
    if (what.equals("fix") && !findings.isEmpty()) {
      findings = new AuditFix(call).run(findings);
      if (!call.config().flag("dry-run")) {
        packages = registryPackages(call);
        findings = findings(advisories(call, packages), packages);
      }
    }
    if (call.isJson()) {
      call.printJson(json(findings, packages));
    } else {
      print(call, findings);
    }
    return !least.equals("none")
            && findings.stream().anyMatch(f -> rank(f.severity()) >= rank(least))
        ? 1
        : 0;
  }

  /** What is installed and came from a registry. */
  static List<Node> registryPackages(Invocation call) {
    var omit = new HashSet<>(List.of(call.config().get("omit", "").split(",")));
    return call.installed().packages().stream()
        .filter(n -> !n.isLink() && n.isRegistryDependency() && !n.isOmitted(omit))
        .toList();
  }

  private static Map<String, @Nullable Object> advisories(Invocation call, List<Node> packages) {
    var versions = new TreeMap<String, TreeSet<String>>();
    packages.forEach(
        n -> versions.computeIfAbsent(registryName(n), k -> new TreeSet<>()).add(n.version()));
    try (var session = call.session()) {
      var question = new TreeMap<String, List<String>>();
      versions.forEach((name, set) -> question.put(name, List.copyOf(set)));
      return question.isEmpty() ? Map.of() : session.registry.advisories(question);
    } catch (NpmException e) {
      throw e.code().matches("E404|E405|E501|EJSONPARSE")
          ? new NpmException(
              "ENOAUDIT", "The registry has no audit service. (" + e.getMessage() + ")", e)
          : e;
    }
  }

  /** The name that the registry knows a package by, which an alias hides. */
  static String registryName(Node node) {
    return node.packageName().isEmpty() ? node.name : node.packageName();
  }

  private static int rank(String severity) {
    return LEVELS.indexOf(severity);
  }

  private static List<Finding> findings(Map<String, @Nullable Object> answer, List<Node> packages) {
    var result = new ArrayList<Finding>();
    new TreeMap<>(answer)
        .forEach(
            (name, list) -> {
              var advisories = new ArrayList<Map<String, @Nullable Object>>();
              var nodes = new ArrayList<Node>();
              for (Object item : list instanceof List<?> l ? l : List.of()) {
                var advisory = Json.object(item);
                String range = Json.string(advisory.get("vulnerable_versions"));
                var hit =
                    packages.stream()
                        .filter(
                            n ->
                                registryName(n).equals(name)
                                    && Semver.satisfies(n.version(), range))
                        .toList();
                if (!hit.isEmpty()) {
                  advisories.add(advisory);
                  hit.stream().filter(n -> !nodes.contains(n)).forEach(nodes::add);
                }
              }
              if (!nodes.isEmpty()) {
                result.add(new Finding(name, advisories, nodes));
              }
            });
    return result;
  }

  private static Map<String, Integer> counts(List<Finding> findings) {
    var counts = new LinkedHashMap<String, Integer>();
    LEVELS.forEach(
        l -> counts.put(l, (int) findings.stream().filter(f -> f.severity().equals(l)).count()));
    counts.put("total", findings.size());
    return counts;
  }

  private static Map<String, @Nullable Object> json(List<Finding> findings, List<Node> packages) {
    var vulnerabilities = new LinkedHashMap<String, @Nullable Object>();
    for (Finding f : findings) {
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("name", f.name);
      entry.put("severity", f.severity());
      entry.put(
          "isDirect",
          f.nodes.stream()
              .anyMatch(n -> n.edgesIn().stream().anyMatch(e -> e.from.isProjectRoot())));
      entry.put("via", f.advisories);
      entry.put(
          "effects",
          new ArrayList<>(
              new TreeSet<>(
                  f.nodes.stream()
                      .flatMap(n -> n.edgesIn().stream())
                      .filter(e -> !e.from.isProjectRoot())
                      .map(e -> e.from.name)
                      .toList())));
      entry.put(
          "range",
          String.join(
              " || ",
              f.advisories.stream().map(a -> Json.string(a.get("vulnerable_versions"))).toList()));
      entry.put("nodes", f.nodes.stream().map(Node::location).toList());
      vulnerabilities.put(f.name, entry);
    }
    var dependencies = new LinkedHashMap<String, Integer>();
    dependencies.put(
        "prod", (int) packages.stream().filter(n -> !n.dev && !n.optional && !n.peer).count());
    dependencies.put("dev", (int) packages.stream().filter(n -> n.dev).count());
    dependencies.put("optional", (int) packages.stream().filter(n -> n.optional).count());
    dependencies.put("peer", (int) packages.stream().filter(n -> n.peer).count());
    dependencies.put("total", packages.size());
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("vulnerabilities", counts(findings));
    metadata.put("dependencies", dependencies);
    var report = new LinkedHashMap<String, @Nullable Object>();
    report.put("auditReportVersion", 2);
    report.put("vulnerabilities", vulnerabilities);
    report.put("metadata", metadata);
    return report;
  }

  private static void print(Invocation call, List<Finding> findings) {
    if (findings.isEmpty()) {
      call.out().println("found 0 vulnerabilities");
      return;
    }
    call.out().println("# npm audit report\n");
    for (Finding f : findings) {
      call.out()
          .println(
              f.name
                  + "  "
                  + String.join(
                      " || ",
                      f.advisories.stream()
                          .map(a -> Json.string(a.get("vulnerable_versions")))
                          .toList()));
      call.out().println("Severity: " + f.severity());
      f.advisories.forEach(
          a -> call.out().println(Json.string(a.get("title")) + " - " + Json.string(a.get("url"))));
      f.nodes.forEach(n -> call.out().println(n.location()));
      call.out().println();
    }
    var parts =
        counts(findings).entrySet().stream()
            .filter(e -> e.getValue() > 0 && !e.getKey().equals("total"))
            .map(e -> e.getValue() + " " + e.getKey())
            .toList();
    call.out()
        .println(
            findings.size()
                + (findings.size() == 1 ? " vulnerability (" : " vulnerabilities (")
                + String.join(", ", parts)
                + ")");
  }
}
