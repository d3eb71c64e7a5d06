package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.ArchiveContents;
import dev.nodule.npm.install.Integrity;
import dev.nodule.npm.pack.PackArchive;
import dev.nodule.npm.script.ProjectScripts;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.tree.Manifest;
import dev.nodule.npm.tree.PackageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code pack}: the archive that would be published. */
final class PackCommand implements Command {
  private static final Pattern BUNDLED = Pattern.compile("node_modules/((?:@[^/]+/)?[^/]+)/");

  @Override
  public boolean runsInEachWorkspace() {
    return true;
  }

  @Override
  public int run(Invocation call) throws IOException {
    var results = new ArrayList<Map<String, @Nullable Object>>();
    for (String word : call.words().isEmpty() ? List.of(".") : call.words()) {
      Path folder = call.words().isEmpty() ? call.project() : call.cwd().resolve(word).normalize();
      var spec = PackageSpec.parse(word, call.cwd());
      results.add(
          call.words().isEmpty() || spec.type() == PackageSpec.Type.DIRECTORY
              ? pack(call, folder)
              : fetched(call, spec));
    }
    if (call.isJson()) {
      call.printJson(results);
    } else {
      results.forEach(r -> call.out().println(r.get("filename")));
    }
    return 0;
  }

  private static Map<String, @Nullable Object> pack(Invocation call, Path folder)
      throws IOException {
    var manifest = Manifest.read(folder);
    if (manifest.name().isEmpty() || manifest.version().isEmpty()) {
      throw new NpmException("EINVALIDPACKAGE", "Invalid package, must have name and version");
    }
    var scripts =
        new ProjectScripts(
            folder,
            new ScriptRunner(call.config(), call.env(), folder, call.cwd(), "pack"),
            call.err(),
            !call.config().flag("ignore-scripts"));
    scripts.run("prepack");
    scripts.run("prepare");
    var archive = PackArchive.of(folder);
    write(call, manifest, archive);
    if (!call.config().flag("dry-run")) {
      scripts.run("postpack");
    }
    return report(call, manifest, archive);
  }

  /** A package of a registry or an address is taken as it was published. */
  private static Map<String, @Nullable Object> fetched(Invocation call, PackageSpec spec)
      throws IOException {
    try (var session = call.session()) {
      var manifest = session.source.manifest(spec);
      byte[] bytes = session.source.archive(spec, manifest);
      var entries = new ArrayList<PackArchive.Entry>();
      ArchiveContents.of(bytes, spec.toString())
          .forEach(
              (path, e) -> entries.add(new PackArchive.Entry(path, e.content().length, e.mode())));
      var archive = new PackArchive(bytes, entries);
      write(call, manifest, archive);
      return report(call, manifest, archive);
    }
  }

  private static String fileName(Manifest manifest) {
    return manifest.name().replaceFirst("^@", "").replace('/', '-')
        + "-"
        + manifest.version()
        + ".tgz";
  }

  private static void write(Invocation call, Manifest manifest, PackArchive archive)
      throws IOException {
    if (!call.config().flag("dry-run")) {
      Path target = call.cwd().resolve(call.config().get("pack-destination", "."));
      Files.write(target.resolve(fileName(manifest)).normalize(), archive.bytes());
    }
  }

  private static Map<String, @Nullable Object> report(
      Invocation call, Manifest manifest, PackArchive archive) {
    long unpacked = archive.entries().stream().mapToLong(PackArchive.Entry::size).sum();
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("id", manifest.name() + "@" + manifest.version());
    result.put("name", manifest.name());
    result.put("version", manifest.version());
    result.put("size", archive.bytes().length);
    result.put("unpackedSize", unpacked);
    result.put("shasum", Integrity.of("sha1", archive.bytes()).hex());
    result.put("integrity", Integrity.of("sha512", archive.bytes()).toString());
    result.put("filename", fileName(manifest));
    List<Object> files = new ArrayList<>();
    archive.entries().forEach(e -> files.add(entry(e)));
    result.put("files", files);
    result.put("entryCount", archive.entries().size());
    result.put("bundled", new ArrayList<>(bundled(archive)));
    if (!call.isJson() && !call.isSilent()) {
      call.err()
          .println(
              "nodule notice\nnodule notice package: "
                  + result.get("id")
                  + "\nnodule notice Tarball Contents");
      archive
          .entries()
          .forEach(e -> call.err().println("nodule notice " + size(e.size()) + " " + e.path()));
      call.err().println("nodule notice Tarball Details");
      for (String key : List.of("name", "version", "filename", "shasum", "integrity")) {
        call.err().println("nodule notice " + key + ": " + Json.string(result.get(key)));
      }
      call.err()
          .println(
              "nodule notice package size: "
                  + size(archive.bytes().length)
                  + "\nnodule notice unpacked size: "
                  + size(unpacked)
                  + "\nnodule notice total files: "
                  + archive.entries().size()
                  + "\nnodule notice");
    }
    return result;
  }

  private static Map<String, Object> entry(PackArchive.Entry e) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("path", e.path());
    entry.put("size", e.size());
    entry.put("mode", e.mode());
    return entry;
  }

  private static Set<String> bundled(PackArchive archive) {
    var names = new TreeSet<String>();
    for (var e : archive.entries()) {
      var m = BUNDLED.matcher(e.path());
      if (m.lookingAt()) {
        names.add(m.group(1));
      }
    }
    return names;
  }

  private static String size(long bytes) {
    return bytes < 1000
        ? bytes + "B"
        : bytes < 1_000_000
            ? String.format(java.util.Locale.ROOT, "%.1fkB", bytes / 1000.0)
            : String.format(java.util.Locale.ROOT, "%.1fMB", bytes / 1_000_000.0);
  }
}
