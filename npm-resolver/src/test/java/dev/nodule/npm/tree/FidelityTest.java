package dev.nodule.npm.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nodule.json.Json;
import dev.nodule.npm.install.Session;
import dev.nodule.npm.registry.NpmConfig;
import dev.nodule.npm.registry.VersionPicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests with the lock files that npm 11 makes for them, byte for byte. The registry's answers
 * come from a recording, which {@link #main} makes.
 */
class FidelityTest {
  private static final Path CASES = Path.of("src/test/resources/fidelity");
  private static final String NODE_VERSION = "20.20.2";
  private static final String BEFORE = "2026-10-15";

  @TempDir Path scratch;

  static List<String> cases() throws IOException {
    try (var list = Files.list(CASES)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lockFileIsNpms(String name) throws IOException {
    Path folder = CASES.resolve(name);
    String expected;
    try (var in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("package-lock.json.gz")))) {
      expected = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    assertEquals(
        expected,
        resolve(folder, RecordedSource.playing(folder.resolve("registry.json.gz"), scratch)));
  }

  private static String resolve(Path folder, ManifestSource source) {
    boolean legacy = Files.exists(folder.resolve(".npmrc"));
    var root = Node.project(Path.of("/project/lock"), Manifest.read(folder), Map.of(), legacy);
    var picker = new VersionPicker(NODE_VERSION, "11.19.1", null, "latest");
    Set<String> warnings = new HashSet<>();
    var options =
        new ResolveOptions(
            false,
            legacy,
            false,
            false,
            true,
            "hoisted",
            Set.of(),
            Set.of(),
            false,
            Platform.current("linux", "x64", "glibc"),
            warnings);
    var builder = new IdealTreeBuilder(root, source, options, Set.of());
    builder.build();
    DependencyFlags.calculate(root);
    builder.settle(
        m ->
            picker.admits(
                Json.string(Json.object(m.get("engines")).get("node")),
                Json.string(Json.object(m.get("engines")).get("npm"))));
    return new LockText(root, true).visible(3, "  ");
  }

  /** Records the cases anew: {@code main FOLDER-OF-MANIFESTS-WITH-LOCKS CACHE}. */
  public static void main(String[] args) throws IOException {
    var problems = new ArrayList<String>();
    try (var list = Files.list(Path.of(args[0]))) {
      for (Path from : list.sorted().toList()) {
        Path to = Files.createDirectories(CASES.resolve(from.getFileName()));
        for (String file : List.of("package.json", ".npmrc")) {
          if (Files.exists(from.resolve(file))) {
            Files.write(to.resolve(file), Files.readAllBytes(from.resolve(file)));
          }
        }
        var env = Map.of("NODULE_CACHE", args[1]);
        var config =
            NpmConfig.load(Map.of("before", BEFORE, "node-version", NODE_VERSION), env, null);
        try (var session = new Session(config, env)) {
          var source = RecordedSource.recording(session.source, to);
          String lock = resolve(to, source);
          String expected = Files.readString(from.resolve("package-lock.json"));
          if (!expected.equals(lock)) {
            problems.add(from.toString());
          }
          Files.write(to.resolve("registry.json.gz"), source.recorded());
          try (var out =
              new java.util.zip.GZIPOutputStream(
                  Files.newOutputStream(to.resolve("package-lock.json.gz")))) {
            out.write(expected.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          }
        }
      }
    }
    System.out.println("differing: " + problems);
  }
}
