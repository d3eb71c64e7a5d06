package dev.nodule.npm.registry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.semver.Version;
import dev.nodule.npm.tree.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of a package, reduced to what resolution and the lock file need. A
 * published document is read once as a stream: per version a few facts to choose by, and the needed
 * fields as compact JSON, parsed only when chosen.
 */
public final class Packument {
  private static final Set<String> KEPT =
      Set.of(
          "name",
          "version",
          "dependencies",
          "optionalDependencies",
          "peerDependencies",
          "peerDependenciesMeta",
          "bundleDependencies",
          "bundledDependencies",
          "acceptDependencies",
          "funding",
          "engines",
          "os",
          "cpu",
          "libc",
          "license",
          "_hasShrinkwrap",
          "hasInstallScript",
          "bin",
          "deprecated",
          "workspaces",
          "dist");
  private static final int FORMAT = 3;

  /** One published version. */
  static final class Candidate {
    final String version;
    boolean deprecated;
    String node = "";
    String npm = "";
    long time = Long.MIN_VALUE;
    int offset;
    int length;
    private @Nullable Version parsed;
    private @Nullable Manifest manifest;

    Candidate(String version) {
      this.version = version;
    }

    @Nullable Version parsed() {
      if (parsed == null) {
        parsed = Version.parse(version, true);
      }
      return parsed;
    }
  }

  final String name;
  final Map<String, String> tags = new LinkedHashMap<>();
  final List<Candidate> candidates = new ArrayList<>();
  boolean hasTimes;
  private final Map<String, Candidate> byVersion = new HashMap<>();
  private byte[] manifests = new byte[0];

  private Packument(String name) {
    this.name = name;
  }

  @Nullable Candidate candidate(@Nullable String version) {
    return version == null ? null : byVersion.get(version);
  }

  public Map<String, String> tags() {
    return tags;
  }

  public List<String> versions() {
    return candidates.stream().map(c -> c.version).toList();
  }

  Manifest manifest(Candidate c) {
    synchronized (c) {
      if (c.manifest == null) {
        try (var p = Json.FACTORY.createParser(manifests, c.offset, c.length)) {
          p.nextToken();
          var content = new LinkedHashMap<>(Json.object(Json.read(p)));
          var dist = Json.object(content.remove("dist"));
          String integrity = Json.string(dist.get("integrity"));
          if (integrity.isEmpty() && dist.get("shasum") instanceof String sha) {
            integrity =
                "sha1-"
                    + java.util.Base64.getEncoder()
                        .encodeToString(java.util.HexFormat.of().parseHex(sha));
          }
          c.manifest =
              new Manifest(
                  content,
                  integrity.isEmpty() ? null : integrity,
                  Json.string(dist.get("tarball")));
        } catch (IOException | IllegalArgumentException e) {
          throw new NpmException(
              "EINCOMPLETEMANIFEST", "unreadable manifest of " + name + "@" + c.version, e);
        }
      }
      return c.manifest;
    }
  }

  /** Reads a registry's document. */
  static Packument scan(String name, byte[] document) throws IOException {
    var result = new Packument(name);
    var out = new ByteArrayOutputStream(Math.max(1024, document.length / 4));
    var times = new HashMap<String, Long>();
    try (var p = Json.FACTORY.createParser(document)) {
      if (p.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (p.nextToken() == JsonToken.FIELD_NAME) {
        String key = p.currentName();
        p.nextToken();
        switch (key) {
          case "dist-tags" -> Json.strings(Json.read(p)).forEach(result.tags::put);
          case "time" -> Json.strings(Json.read(p)).forEach((v, t) -> times.put(v, millis(t)));
          case "versions" -> result.scanVersions(p, out);
          default -> p.skipChildren();
        }
      }
      if (p.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("document is cut off");
      }
      if (p.nextToken() != null) {
        throw new IOException("something follows the document");
      }
    }
    result.manifests = out.toByteArray();
    result.hasTimes = !times.isEmpty();
    for (var c : result.candidates) {
      c.time = times.getOrDefault(c.version, Long.MIN_VALUE);
    }
    return result;
  }

  private static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (java.time.DateTimeException e) {
      return Long.MIN_VALUE;
    }
  }

  private void scanVersions(JsonParser p, ByteArrayOutputStream out) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      var c = new Candidate(p.currentName());
      if (p.nextToken() != JsonToken.START_OBJECT) {
        p.skipChildren();
        continue;
      }
      c.offset = out.size();
      scanManifest(p, c, out);
      c.length = out.size() - c.offset;
      if (byVersion.putIfAbsent(c.version, c) == null) {
        candidates.add(c);
      }
    }
  }

  private static void scanManifest(JsonParser p, Candidate c, ByteArrayOutputStream out)
      throws IOException {
    boolean installScript = false;
    try (var g = Json.FACTORY.createGenerator(out)) {
      g.configure(
          JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(),
          true); // keeps lone surrogates writable
      g.writeStartObject();
      while (p.nextToken() == JsonToken.FIELD_NAME) {
        String key = p.currentName();
        JsonToken token = p.nextToken();
        if (key.equals("scripts") && token == JsonToken.START_OBJECT) {
          while (p.nextToken() == JsonToken.FIELD_NAME) {
            String script = p.currentName();
            boolean text = p.nextToken() == JsonToken.VALUE_STRING && p.getTextLength() > 0;
            installScript |=
                text
                    && (script.equals("install")
                        || script.equals("preinstall")
                        || script.equals("postinstall"));
            p.skipChildren();
          }
        } else if (key.equals("dist") && token == JsonToken.START_OBJECT) {
          g.writeObjectFieldStart("dist");
          while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            if (field.equals("integrity") || field.equals("shasum") || field.equals("tarball")) {
              g.writeFieldName(field);
              g.copyCurrentEvent(p);
            } else {
              p.skipChildren();
            }
          }
          g.writeEndObject();
        } else if (key.equals("engines")) {
          Object engines = Json.read(p);
          c.node = Json.string(Json.object(engines).get("node"));
          c.npm = Json.string(Json.object(engines).get("npm"));
          g.writeFieldName(key);
          g.writeRawValue(Json.write(engines, ""));
        } else if (KEPT.contains(key)) {
          c.deprecated |=
              key.equals("deprecated")
                  && token != JsonToken.VALUE_FALSE
                  && token != JsonToken.VALUE_NULL
                  && !(token == JsonToken.VALUE_STRING && p.getTextLength() == 0);
          g.writeFieldName(key);
          g.copyCurrentStructure(p);
        } else {
          p.skipChildren();
        }
      }
      if (installScript) {
        g.writeBooleanField("hasInstallScript", true);
      }
      g.writeEndObject();
    }
  }

  /** Header of a cached packument: validators and the time of the last check. */
  record Stamp(long checked, long maxAge, String etag, String lastModified) {}

  void write(DataOutputStream out, Stamp stamp) throws IOException {
    out.writeInt(FORMAT);
    out.writeLong(stamp.checked);
    out.writeLong(stamp.maxAge);
    out.writeUTF(stamp.etag);
    out.writeUTF(stamp.lastModified);
    out.writeUTF(name);
    out.writeBoolean(hasTimes);
    out.writeInt(tags.size());
    for (var e : tags.entrySet()) {
      out.writeUTF(e.getKey());
      out.writeUTF(e.getValue());
    }
    out.writeInt(candidates.size());
    for (var c : candidates) {
      out.writeUTF(c.version);
      out.writeBoolean(c.deprecated);
      out.writeUTF(c.node);
      out.writeUTF(c.npm);
      out.writeLong(c.time);
      out.writeInt(c.offset);
      out.writeInt(c.length);
    }
    out.writeInt(manifests.length);
    out.write(manifests);
  }

  static Stamp readStamp(DataInputStream in) throws IOException {
    if (in.readInt() != FORMAT) {
      throw new IOException("other format");
    }
    return new Stamp(in.readLong(), in.readLong(), in.readUTF(), in.readUTF());
  }

  static Packument read(DataInputStream in) throws IOException {
    var p = new Packument(in.readUTF());
    p.hasTimes = in.readBoolean();
    for (int n = in.readInt(); n > 0; n--) {
      p.tags.put(in.readUTF(), in.readUTF());
    }
    for (int n = in.readInt(); n > 0; n--) {
      var c = new Candidate(in.readUTF());
      c.deprecated = in.readBoolean();
      c.node = in.readUTF();
      c.npm = in.readUTF();
      c.time = in.readLong();
      c.offset = in.readInt();
      c.length = in.readInt();
      p.candidates.add(c);
      p.byVersion.put(c.version, c);
    }
    p.manifests = in.readNBytes(in.readInt());
    return p;
  }
}
