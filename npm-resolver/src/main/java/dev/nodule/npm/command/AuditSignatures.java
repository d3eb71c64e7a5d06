package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.registry.SigningKey;
import dev.nodule.npm.tree.Node;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code audit signatures}: whether the registry signed what is installed. */
final class AuditSignatures {
  private enum Verdict {
    VERIFIED,
    MISSING,
    INVALID,
  }

  private record Checked(
      Node node, URI registry, Verdict verdict, Map<String, @Nullable Object> signature) {
    String name() {
      return AuditCommand.registryName(node);
    }

    Map<String, @Nullable Object> json() {
      var json = new TreeMap<String, @Nullable Object>();
      json.put("location", node.location());
      json.put("name", name());
      json.put("registry", registry.toString());
      json.put("resolved", node.resolved);
      json.put("version", node.version());
      if (verdict == Verdict.INVALID) {
        json.put("code", "EINTEGRITYSIGNATURE");
        json.put("message", "the registry's signature of " + id() + " does not fit its integrity");
        json.put("integrity", node.integrity);
        json.put("keyid", signature.get("keyid"));
        json.put("signature", signature.get("sig"));
        json.put("type", "signature");
      }
      return json;
    }

    String id() {
      return name() + "@" + node.version();
    }
  }

  private final Invocation call;

  AuditSignatures(Invocation call) {
    this.call = call;
  }

  int run() {
    long start = System.nanoTime();
    var packages = new TreeMap<String, Node>();
    for (Node n : AuditCommand.registryPackages(call)) {
      packages.putIfAbsent(AuditCommand.registryName(n) + "@" + n.version(), n);
    }
    if (packages.isEmpty()) {
      throw new NpmException("ENOAUDIT", "found no installed dependencies to audit");
    }
    var checked = new ArrayList<Checked>();
    try (var session = call.session()) {
      var keys = new LinkedHashMap<URI, @Nullable List<SigningKey>>();
      for (Node n : packages.values()) {
        URI registry = call.config().registryFor(AuditCommand.registryName(n));
        if (!keys.containsKey(registry)) {
          keys.put(registry, session.registry.signingKeys(registry));
        }
      }
      var running = new ArrayList<CompletableFuture<Checked>>();
      for (Node n : packages.values()) {
        URI registry = call.config().registryFor(AuditCommand.registryName(n));
        var known = keys.get(registry);
        if (known != null) {
          running.add(
              CompletableFuture.supplyAsync(
                  () -> check(session, n, registry, known), session.registry.threads()));
        }
      }
      for (var one : running) {
        checked.add(joined(one));
      }
    }
    if (checked.isEmpty()) {
      throw new NpmException(
          "ENOAUDIT",
          "found no dependencies to audit that were installed from a supported registry");
    }
    var missing = with(checked, Verdict.MISSING);
    var invalid = with(checked, Verdict.INVALID);
    if (call.isJson()) {
      var report = new LinkedHashMap<String, @Nullable Object>();
      report.put("invalid", invalid.stream().map(Checked::json).toList());
      report.put("missing", missing.stream().map(Checked::json).toList());
      call.printJson(report);
    } else {
      print(checked, missing, invalid, System.nanoTime() - start);
    }
    return missing.isEmpty() && invalid.isEmpty() ? 0 : 1;
  }

  private static Checked joined(CompletableFuture<Checked> one) {
    try {
      return one.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw e.getCause() instanceof NpmException npm ? npm : e;
    }
  }

  private static List<Checked> with(List<Checked> checked, Verdict verdict) {
    return checked.stream().filter(c -> c.verdict == verdict).toList();
  }

  private static Checked check(Session session, Node n, URI registry, List<SigningKey> keys) {
    String name = AuditCommand.registryName(n);
    var document = session.registry.document(name);
    var dist =
        Json.object(
            Json.object(Json.object(document.get("versions")).get(n.version())).get("dist"));
    // What was installed has to be what was signed, whatever the registry names today.
    String integrity = n.integrity != null ? n.integrity : Json.string(dist.get("integrity"));
    var published = time(Json.string(Json.object(document.get("time")).get(n.version())));
    var seen = new HashSet<String>();
    Map<String, @Nullable Object> bad = Map.of();
    for (Object item : dist.get("signatures") instanceof List<?> l ? l : List.of()) {
      var signature = Json.object(item);
      String id = Json.string(signature.get("keyid"));
      var key = keys.stream().filter(k -> k.id().equals(id)).findFirst().orElse(null);
      if (key == null) {
        throw new NpmException(
            "EMISSINGSIGNATUREKEY",
            name
                + "@"
                + n.version()
                + " is signed with "
                + id
                + ", a key that the registry does not name");
      }
      if (key.expires() != null && published != null && !published.isBefore(key.expires())) {
        throw new NpmException(
            "EEXPIREDSIGNATUREKEY",
            name
                + "@"
                + n.version()
                + " is signed with "
                + id
                + ", which expired on "
                + key.expires());
      }
      if (!key.verifies(
          name + "@" + n.version() + ":" + integrity, Json.string(signature.get("sig")))) {
        bad = signature;
      }
      seen.add(id);
    }
    Verdict verdict =
        seen.isEmpty() ? Verdict.MISSING : bad.isEmpty() ? Verdict.VERIFIED : Verdict.INVALID;
    return new Checked(n, registry, verdict, bad);
  }

  private static @Nullable Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private void print(
      List<Checked> checked, List<Checked> missing, List<Checked> invalid, long nanos) {
    var out = call.out();
    out.println("audited " + count(checked.size()) + " in " + Math.round(nanos / 1e9) + "s\n");
    int verified = with(checked, Verdict.VERIFIED).size();
    if (verified > 0) {
      out.println(
          count(verified)
              + (verified == 1 ? " has a" : " have")
              + " verified registry signature"
              + (verified == 1 ? "\n" : "s\n"));
    }
    if (!missing.isEmpty()) {
      out.println(
          count(missing.size())
              + (missing.size() == 1 ? " has a missing" : " have missing")
              + " registry signature"
              + (missing.size() == 1 ? "" : "s")
              + " but the registry is providing signing keys:\n");
      missing.forEach(c -> out.println(c.id() + " (" + c.registry + ")"));
    }
    if (!invalid.isEmpty()) {
      if (!missing.isEmpty()) {
        out.println();
      }
      out.println(
          count(invalid.size())
              + (invalid.size() == 1 ? " has an invalid" : " have invalid")
              + " registry signature"
              + (invalid.size() == 1 ? ":\n" : "s:\n"));
      invalid.forEach(c -> out.println(c.id() + " (" + c.registry + ")"));
      out.println("\nSomebody may have changed what is listed since it was published.\n");
    }
  }

  private static String count(int n) {
    return n + (n == 1 ? " package" : " packages");
  }
}
