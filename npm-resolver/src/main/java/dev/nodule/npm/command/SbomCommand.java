package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.install.Integrity;
import dev.nodule.npm.tree.Edge;
import dev.nodule.npm.tree.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code sbom}: the installed packages as a bill of materials, in CycloneDX or SPDX. */
final class SbomCommand implements Command {
  @Override
  public int run(Invocation call) {
    var omit = new HashSet<>(List.of(call.config().get("omit", "").split(",")));
    var tree = call.installed();
    var nodes = tree.packages().stream().filter(n -> !n.isLink() && !n.isOmitted(omit)).toList();
    String format = call.config().get("sbom-format", "");
    switch (format) {
      case "cyclonedx" ->
          call.printJson(cycloneDx(tree.root(), nodes, call.config().get("sbom-type", "library")));
      case "spdx" -> call.printJson(spdx(tree.root(), nodes));
      default -> throw call.usage("Must specify --sbom-format flag with one of: cyclonedx, spdx.");
    }
    return 0;
  }

  private static String name(Node node) {
    return node.packageName().isEmpty() ? node.name : node.packageName();
  }

  private static String purl(Node node) {
    return "pkg:npm/" + name(node).replace("@", "%40") + "@" + node.version();
  }

  private static String license(Node node) {
    Object license = node.manifest.get("license");
    return license instanceof String s ? s : Json.string(Json.object(license).get("type"));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Map<String, @Nullable Object> cycloneDx(Node root, List<Node> nodes, String type) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("timestamp", now());
    metadata.put("lifecycles", List.of(Map.of("phase", "build")));
    metadata.put(
        "tools", List.of(ordered("vendor", "nodule", "name", "nodule", "version", "0.1.0")));
    metadata.put("component", component(root, type));
    List<Object> dependencies = new ArrayList<>();
    for (Node node : withRoot(root, nodes)) {
      dependencies.add(
          ordered(
              "ref",
              reference(node),
              "dependsOn",
              node.edgesOut().stream()
                  .map(Edge::to)
                  .filter(to -> to != null && nodes.contains(to.target()))
                  .map(to -> reference(to == null ? node : to.target()))
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
    result.put("components", nodes.stream().map(n -> component(n, "library")).toList());
    result.put("dependencies", dependencies);
    return result;
  }

  private static List<Node> withRoot(Node root, List<Node> nodes) {
    var all = new ArrayList<>(List.of(root));
    all.addAll(nodes);
    return all;
  }

  private static String reference(Node node) {
    return name(node)
        + "@"
        + node.version()
        + (node.location().isEmpty() || node.location().lastIndexOf("node_modules/") == 0
            ? ""
            : "|" + node.location());
  }

  private static Map<String, @Nullable Object> component(Node node, String type) {
    var c = new LinkedHashMap<String, @Nullable Object>();
    c.put("bom-ref", reference(node));
    c.put("type", type);
    c.put("name", name(node));
    c.put("version", node.version());
    c.put("scope", node.optional ? "optional" : "required");
    c.put("purl", purl(node));
    c.put("properties", List.of(ordered("name", "cdx:npm:package:path", "value", node.location())));
    var integrity = Integrity.parse(node.integrity);
    if (integrity != null) {
      c.put(
          "hashes",
          List.of(
              ordered(
                  "alg", "SHA-" + integrity.algorithm().substring(3), "content", integrity.hex())));
    }
    String license = license(node);
    if (!license.isEmpty()) {
      c.put(
          "licenses",
          List.of(
              license.contains(" ")
                  ? ordered("expression", license)
                  : ordered("license", ordered("id", license))));
    }
    return c;
  }

  private static Map<String, @Nullable Object> spdx(Node root, List<Node> nodes) {
    List<Object> packages = new ArrayList<>();
    List<Object> relations = new ArrayList<>();
    relations.add(
        ordered(
            "spdxElementId",
            "SPDXRef-DOCUMENT",
            "relatedSpdxElement",
            spdxId(root),
            "relationshipType",
            "DESCRIBES"));
    for (Node node : withRoot(root, nodes)) {
      var p = new LinkedHashMap<String, @Nullable Object>();
      p.put("name", name(node));
      p.put("SPDXID", spdxId(node));
      p.put("versionInfo", node.version());
      p.put("packageFileName", node.location());
      p.put("downloadLocation", node.resolved == null ? "NOASSERTION" : node.resolved);
      p.put("filesAnalyzed", false);
      p.put("licenseDeclared", license(node).isEmpty() ? "NOASSERTION" : license(node));
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
                    integrity.algorithm().toUpperCase(java.util.Locale.ROOT),
                    "checksumValue",
                    integrity.hex())));
      }
      packages.add(p);
      for (Edge e : node.edgesOut()) {
        Node to = e.to() == null ? null : e.to().target();
        if (to != null && nodes.contains(to)) {
          String kind =
              e.isDev()
                  ? "DEV_DEPENDENCY_OF"
                  : e.isOptional() ? "OPTIONAL_DEPENDENCY_OF" : "DEPENDENCY_OF";
          relations.add(
              ordered(
                  "spdxElementId",
                  spdxId(to),
                  "relatedSpdxElement",
                  spdxId(node),
                  "relationshipType",
                  kind));
        }
      }
    }
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("spdxVersion", "SPDX-2.3");
    result.put("dataLicense", "CC0-1.0");
    result.put("SPDXID", "SPDXRef-DOCUMENT");
    result.put("name", reference(root));
    result.put(
        "documentNamespace",
        "http://spdx.org/spdxdocs/" + name(root) + "-" + root.version() + "-" + UUID.randomUUID());
    result.put(
        "creationInfo", ordered("created", now(), "creators", List.of("Tool: nodule-0.1.0")));
    result.put("documentDescribes", List.of(spdxId(root)));
    result.put("packages", packages);
    result.put("relationships", relations);
    return result;
  }

  private static String spdxId(Node node) {
    String place =
        node.location().isEmpty() || node.location().lastIndexOf("node_modules/") == 0
            ? ""
            : "-" + node.location();
    return "SPDXRef-Package-"
        + (name(node) + "-" + node.version() + place).replaceAll("[^A-Za-z0-9.-]", ".");
  }

  private static Map<String, @Nullable Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }
}
