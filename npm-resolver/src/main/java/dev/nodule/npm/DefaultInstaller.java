package dev.nodule.npm;

import dev.nodule.npm.install.InstallStamp;
import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.registry.NpmConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The installer behind service and command line. */
final class DefaultInstaller implements NpmInstaller {
  @Override
  public int run(
      List<String> arguments,
      Path folder,
      Map<String, String> env,
      PrintStream out,
      PrintStream err) {
    return NpmCommand.run(arguments, folder, env, out, err);
  }

  @Override
  public boolean installMissing(Path projectFolder) {
    if (InstallStamp.matches(projectFolder)
        || !Files.exists(projectFolder.resolve("package.json"))) {
      return false;
    }
    var env = System.getenv();
    var result =
        new ProjectInstall(
                projectFolder,
                NpmConfig.load(Map.of(), env, projectFolder),
                env,
                s -> {},
                System.err)
            .run(ProjectInstall.Action.INSTALL, List.of());
    result.warnings().forEach(w -> System.err.println("nodule warn " + w));
    if (!result.unreviewed().isEmpty()) {
      System.err.println(
          "nodule warn install-scripts not run, as nobody approved them: "
              + String.join(", ", result.unreviewed().stream().map(n -> n.id()).toList())
              + " (nodule approve-scripts)");
    }
    return result.added() + result.changed() > 0;
  }
}
