package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.json.LocaleOrder;
import dev.nodule.npm.install.Integrity;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code sbom}: the installed packages as a bill of materials, in CycloneDX or SPDX. */
final class SbomCommand implements Command {
  private static final String VERSION = "0.1.0";

  @Override
  public int run(Invocation call) {
    var omit = new HashSet<>(List.of(call.config().get("omit", "").split(",")));
    var tree = call.installed();
    var nodes = tree.packages().stream().filter(n -> !n.isLink() && !n.isOmitted(omit)).toList();
    String format = call.config().get("sbom-format", "");
    String type = call.config().get("sbom-type", "library");
    boolean lockOnly = call.config().flag("package-lock-only");
    try (var session = call.session()) {
      var facts = new PackageFacts(session);
      switch (format) {
        case "cyclonedx" -> call.printJson(cycloneDx(tree.root(), nodes, type, facts, lockOnly));
        case "spdx" -> call.printJson(spdx(tree.root(), nodes, type, facts));
        default ->
            throw call.usage("Must specify --sbom-format flag with one of: cyclonedx, spdx.");
      }
    }
    return 0;
  }

  private static String name(Node node) {
    return node.packageName().isEmpty() ? node.name : node.packageName();
  }

  private static String id(Node node) {
    return name(node) + "@" + node.version();
  }

  private static String purl(Node node) {
    String resolved = node.resolved;
    return "pkg:npm/"
        + name(node).replace("@", "%40")
        + "@"
        + node.version()
        + (resolved != null && resolved.startsWith("git")
            ? "?vcs_url=" + URLEncoder.encode(resolved, StandardCharsets.UTF_8)
            : "");
  }

  private static String license(Map<String, @Nullable Object> content) {
    Object license = content.get("license");
    if (license == null && content.get("licenses") instanceof List<?> all) {
      return String.join(
          " OR ", all.stream().map(SbomCommand::licenseName).filter(l -> !l.isEmpty()).toList());
    }
    return licenseName(license);
  }

  private static String licenseName(@Nullable Object license) {
    return license instanceof String s ? s : Json.string(Json.object(license).get("type"));
  }

  private static String author(Map<String, @Nullable Object> content) {
    return content.get("author") instanceof String s
        ? s
        : Json.string(Json.object(content.get("author")).get("name"));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** One for each package and version, by location, the project first. */
  private static List<Node> unique(Node root, List<Node> nodes) {
    var byId = new LinkedHashMap<String, Node>();
    nodes.stream()
        .filter(n -> n != root && !n.isLink())
        .sorted(Comparator.comparing(Node::location, LocaleOrder.ORDER))
        .forEach(n -> byId.putIfAbsent(id(n), n));
    var all = new ArrayList<>(List.of(root));
    all.addAll(byId.values());
    return all;
  }

  private static List<Edge> edges(Node node, List<Node> nodes) {
    var known = new HashSet<>(nodes);
    return node.edgesOut().stream()
        .filter(e -> e.to() != null && known.contains(e.to().target()))
        .toList();
  }

  private static Map<String, @Nullable Object> cycloneDx(
      Node root, List<Node> nodes, String type, PackageFacts facts, boolean lockOnly) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("timestamp", now());
    metadata.put("lifecycles", List.of(Map.of("phase", lockOnly ? "pre-build" : "build")));
    metadata.put(
        "tools", List.of(ordered("vendor", "nodule", "name", "nodule", "version", VERSION)));
    metadata.put("component", component(root, type, facts));
    var unique = unique(root, nodes);
    List<Object> dependencies = new ArrayList<>();
    for (Node node : unique) {
      dependencies.add(
          ordered(
              "ref",
              id(node),
              "dependsOn",
              edges(node, nodes).stream()
                  .map(e -> id(java.util.Objects.requireNonNull(e.to()).target()))
                  .distinct()
                  .toList()));
    }
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json");
    result.put("bomFormat", "CycloneDX");
    result.put("specVersion", "1.5");
    result.put("serialNumber", "urn:uuid:" + UUID.randomUUID());
    result.put("version", 1);
    result.put("metadata", metadata);
    result.put(
        "components", unique.stream().skip(1).map(n -> component(n, "library", facts)).toList());
    result.put("dependencies", dependencies);
    return result;
  }

  private static Map<String, @Nullable Object> component(
      Node node, String type, PackageFacts facts) {
    var content = facts.content(node);
    var c = new LinkedHashMap<String, @Nullable Object>();
    c.put("bom-ref", id(node));
    c.put("type", type);
    c.put("name", node.name);
    c.put("version", node.version());
    c.put("scope", node.optional || node.devOptional ? "optional" : "required");
    putText(c, "author", author(content));
    putText(c, "description", PackageFacts.text(content, "description"));
    c.put("purl", purl(node));
    List<Object> properties = new ArrayList<>();
    var marks = new LinkedHashMap<String, Boolean>();
    marks.put("development", node.dev);
    marks.put("private", Boolean.TRUE.equals(content.get("private")));
    marks.put("extraneous", node.extraneous);
    marks.put("bundled", node.isInBundle());
    marks.forEach(
        (mark, holds) -> {
          if (holds) {
            properties.add(ordered("name", "cdx:npm:package:" + mark, "value", "true"));
          }
        });
    c.put("properties", properties);
    List<Object> references = new ArrayList<>();
    if (node.resolved != null && !node.isLink()) {
      references.add(ordered("type", "distribution", "url", node.resolved));
    }
    var links = new LinkedHashMap<String, String>();
    links.put("vcs", Json.string(Json.object(content.get("repository")).get("url")));
    links.put("website", PackageFacts.text(content, "homepage"));
    links.put("issue-tracker", Json.string(Json.object(content.get("bugs")).get("url")));
    links.forEach(
        (kind, url) -> {
          if (!url.isEmpty()) {
            references.add(ordered("type", kind, "url", url));
          }
        });
    c.put("externalReferences", references);
    var integrity = Integrity.parse(node.integrity);
    if (integrity != null) {
      c.put(
          "hashes",
          List.of(
              ordered(
                  "alg", "SHA-" + integrity.algorithm().substring(3), "content", integrity.hex())));
    }
    String license = license(content);
    if (license.matches("\\(?[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)+\\)?")) {
      c.put("licenses", List.of(ordered("expression", license)));
    } else if (license.matches("[A-Za-z0-9.+-]+") && !license.equals("UNLICENSED")) {
      c.put("licenses", List.of(ordered("license", ordered("id", license))));
    }
    return c;
  }

  private static void putText(Map<String, @Nullable Object> map, String key, String text) {
    if (!text.isEmpty()) {
      map.put(key, text);
    }
  }

  private static Map<String, @Nullable Object> spdx(
      Node root, List<Node> nodes, String type, PackageFacts facts) {
    List<Object> relations = new ArrayList<>();
    relations.add(relation("SPDXRef-DOCUMENT", spdxId(root), "DESCRIBES"));
    var sources = new ArrayList<>(List.of(root));
    nodes.stream()
        .filter(n -> n != root && !n.isLink())
        .sorted(Comparator.comparing(Node::location, LocaleOrder.ORDER))
        .forEach(sources::add);
    for (Node node : sources) {
      var own = new LinkedHashSet<Map<String, @Nullable Object>>();
      for (Edge e : edges(node, nodes)) {
        String kind =
            switch (e.type) {
              case PEER -> "PREREQUISITE_FOR";
              case OPTIONAL -> "OPTIONAL_DEPENDENCY_OF";
              case DEV -> "DEV_DEPENDENCY_OF";
              default -> "DEPENDENCY_OF";
            };
        own.add(
            relation(
                spdxId(java.util.Objects.requireNonNull(e.to()).target()), spdxId(node), kind));
      }
      relations.addAll(own);
    }
    for (Node node : sources) {
      if (node.extraneous && node != root) {
        relations.add(relation(spdxId(node), spdxId(root), "OPTIONAL_DEPENDENCY_OF"));
      }
    }
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("spdxVersion", "SPDX-2.3");
    result.put("dataLicense", "CC0-1.0");
    result.put("SPDXID", "SPDXRef-DOCUMENT");
    result.put("name", id(root));
    result.put(
        "documentNamespace",
        "http://spdx.org/spdxdocs/"
            + name(root).replace("/", "%2f")
            + "-"
            + root.version()
            + "-"
            + UUID.randomUUID());
    result.put(
        "creationInfo", ordered("created", now(), "creators", List.of("Tool: nodule-" + VERSION)));
    result.put("documentDescribes", List.of(spdxId(root)));
    result.put(
        "packages",
        unique(root, nodes).stream()
            .map(n -> spdxPackage(n, n == root ? type : "", facts))
            .toList());
    result.put("relationships", relations);
    return result;
  }

  private static Map<String, @Nullable Object> relation(
      String element, String related, String kind) {
    return ordered(
        "spdxElementId", element, "relatedSpdxElement", related, "relationshipType", kind);
  }

  private static Map<String, @Nullable Object> spdxPackage(
      Node node, String type, PackageFacts facts) {
    var content = facts.content(node);
    var p = new LinkedHashMap<String, @Nullable Object>();
    p.put("name", name(node));
    p.put("SPDXID", spdxId(node));
    p.put("versionInfo", node.version());
    p.put("packageFileName", node.location());
    putText(p, "description", PackageFacts.text(content, "description"));
    putText(p, "primaryPackagePurpose", type.toUpperCase(Locale.ROOT));
    p.put("downloadLocation", node.resolved == null ? "NOASSERTION" : node.resolved);
    p.put("filesAnalyzed", false);
    p.put(
        "homepage",
        PackageFacts.text(content, "homepage").isEmpty()
            ? "NOASSERTION"
            : PackageFacts.text(content, "homepage"));
    p.put("licenseDeclared", license(content).isEmpty() ? "NOASSERTION" : license(content));
    p.put(
        "externalRefs",
        List.of(
            ordered(
                "referenceCategory",
                "PACKAGE-MANAGER",
                "referenceType",
                "purl",
                "referenceLocator",
                purl(node))));
    var integrity = Integrity.parse(node.integrity);
    if (integrity != null) {
      p.put(
          "checksums",
          List.of(
              ordered(
                  "algorithm",
                  integrity.algorithm().toUpperCase(Locale.ROOT),
                  "checksumValue",
                  integrity.hex())));
    }
    return p;
  }

  private static String spdxId(Node node) {
    return "SPDXRef-Package-"
        + name(node).replaceFirst("^@", "").replace('/', '.')
        + "-"
        + node.version();
  }

  private static Map<String, @Nullable Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }
}
