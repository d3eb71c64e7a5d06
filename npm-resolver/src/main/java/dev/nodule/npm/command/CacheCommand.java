package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.PackageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code cache}: the store and the metadata that all projects share. */
final class CacheCommand implements Command {
  @Override
  public int run(Invocation call) throws IOException {
    Path folder = call.config().cacheFolder().resolve("npm");
    switch (call.words().isEmpty() ? "" : call.words().getFirst()) {
      case "clean", "clear", "rm" -> {
        if (!call.config().flag("force")) {
          throw call.usage(
              "The store repairs itself: what was changed in it is fetched anew. To delete it nevertheless, add --force.");
        }
        PackageStore.delete(folder);
      }
      case "ls" -> {
        var names = call.words().subList(1, call.words().size());
        Path metadata = folder.resolve("metadata");
        if (Files.isDirectory(metadata)) {
          try (var walk = Files.walk(metadata)) {
            walk.filter(Files::isRegularFile)
                .map(
                    p ->
                        metadata
                            .relativize(p)
                            .toString()
                            .replaceFirst("^[^/]*/", "")
                            .replace("%2f", "/"))
                .filter(name -> names.isEmpty() || names.contains(name))
                .sorted()
                .forEach(call.out()::println);
          }
        }
      }
      case "verify" -> {
        try (var session = call.session()) {
          var report = session.store.verify();
          call.out()
              .println(
                  "Store verified: "
                      + report.packages()
                      + " packages, "
                      + report.files()
                      + " files, "
                      + report.bytes()
                      + " bytes; "
                      + report.removed()
                      + " damaged packages removed");
        }
      }
      default -> throw new NpmException("EUSAGE", "nodule cache ls|verify|clean --force");
    }
    return 0;
  }
}
