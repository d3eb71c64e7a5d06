package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import dev.nodule.npm.install.ProjectInstall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code link}: this package for everybody, or {@code link NAME}: such a package in this project.
 */
final class LinkCommand implements Command {
  @Override
  public int run(Invocation call) throws IOException {
    long start = System.nanoTime();
    Path prefix = CommandTable.globalPrefix(call.config());
    Path lib = prefix.resolve("lib");
    var global =
        new ProjectInstall(
            lib,
            call.config(),
            call.env(),
            call.progress(),
            call.err(),
            prefix.resolve("bin"),
            List.of());
    ProjectInstall.Result result;
    if (call.words().isEmpty()) {
      if (!Files.exists(call.project().resolve("package.json"))) {
        throw new NpmException(
            "ENOENT",
            "Could not read package.json: no such file or directory, open '"
                + call.project().resolve("package.json")
                + "'");
      }
      result = global.run(ProjectInstall.Action.INSTALL, List.of(call.project().toString()));
    } else {
      var folders = new ArrayList<String>();
      for (String word : call.words()) {
        Path there = lib.resolve("node_modules").resolve(word);
        if (Files.isDirectory(call.cwd().resolve(word))
            && (word.startsWith(".") || word.startsWith("/"))) {
          there = call.cwd().resolve(word).normalize();
        } else if (!Files.exists(there.resolve("package.json"))) {
          global.run(ProjectInstall.Action.INSTALL, List.of(word));
          int at = word.indexOf('@', 1);
          there = lib.resolve("node_modules").resolve(at < 0 ? word : word.substring(0, at));
        }
        folders.add(there.toRealPath().toString());
      }
      var config = call.config().withCommandLine("save", call.config().get("save", "false"));
      result =
          new ProjectInstall(call.project(), config, call.env(), call.progress(), call.err())
              .run(ProjectInstall.Action.INSTALL, folders);
    }
    InstallCommand.report(call, result, System.nanoTime() - start);
    return 0;
  }
}
