package dev.nodule.npm.command;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.Integrity;
import dev.nodule.npm.pack.PackArchive;
import dev.nodule.npm.script.ProjectScripts;
import dev.nodule.npm.script.ScriptRunner;
import dev.nodule.npm.tree.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code pack}: the archive that would be published. */
final class PackCommand implements Command {
  @Override
  public boolean runsInEachWorkspace() {
    return true;
  }

  @Override
  public int run(Invocation call) throws IOException {
    var results = new ArrayList<Map<String, @Nullable Object>>();
    for (String word : call.words().isEmpty() ? List.of(".") : call.words()) {
      Path folder = call.words().isEmpty() ? call.project() : call.cwd().resolve(word).normalize();
      if (!Files.exists(folder.resolve("package.json"))) {
        throw new NpmException(
            "ENOENT",
            "Could not read package.json: no such file or directory, open '"
                + folder.resolve("package.json")
                + "'");
      }
      results.add(pack(call, folder));
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
    String name =
        manifest.name().replaceFirst("^@", "").replace('/', '-')
            + "-"
            + manifest.version()
            + ".tgz";
    if (!call.config().flag("dry-run")) {
      Path target = call.cwd().resolve(call.config().get("pack-destination", "."));
      Files.write(target.resolve(name).normalize(), archive.bytes());
      scripts.run("postpack");
    }
    long unpacked = archive.entries().stream().mapToLong(PackArchive.Entry::size).sum();
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.put("id", manifest.name() + "@" + manifest.version());
    result.put("name", manifest.name());
    result.put("version", manifest.version());
    result.put("size", archive.bytes().length);
    result.put("unpackedSize", unpacked);
    result.put("shasum", Integrity.of("sha1", archive.bytes()).hex());
    result.put("integrity", Integrity.of("sha512", archive.bytes()).toString());
    result.put("filename", name);
    List<Object> files = new ArrayList<>();
    archive
        .entries()
        .forEach(
            e ->
                files.add(
                    new LinkedHashMap<>(
                        Map.of("path", e.path(), "size", e.size(), "mode", e.mode()))));
    result.put("files", files);
    result.put("entryCount", archive.entries().size());
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

  private static String size(long bytes) {
    return bytes < 1000
        ? bytes + "B"
        : bytes < 1_000_000
            ? String.format(java.util.Locale.ROOT, "%.1fkB", bytes / 1000.0)
            : String.format(java.util.Locale.ROOT, "%.1fMB", bytes / 1_000_000.0);
  }
}
