package dev.nodule.npm;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Resolves and installs npm packages; a service of the framework, and usable without one. */
public interface NpmInstaller {

  /** An installer without a framework. */
  static NpmInstaller create() {
    return new DefaultInstaller();
  }

  /** Runs a command line such as {@code install express}; returns the exit code. */
  int run(
      List<String> arguments,
      Path folder,
      Map<String, String> env,
      PrintStream out,
      PrintStream err);

  /**
   * Installs what the project's package.json names and its node_modules misses. Returns at once
   * when nothing is missing, or when the folder has no package.json.
   *
   * @return whether anything was installed
   * @throws NpmException when that fails
   */
  boolean installMissing(Path projectFolder);
}
