package dev.nodule.runtime;

import dev.nodule.api.ProcessInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The process as one realm sees it: environment, current directory, how it was started. */
final class RealmProcess implements ProcessInfo {
  private final Map<String, String> environment = new LinkedHashMap<>(System.getenv());
  private final LauncherInfo launcher;
  private final CommandLine commandLine;
  private Path currentDirectory;

  RealmProcess(LauncherInfo launcher, CommandLine commandLine, Path currentDirectory) {
    this.currentDirectory = currentDirectory;
    this.launcher = launcher;
    this.commandLine = commandLine;
    // Names that the launcher script used for itself are no business of the program.
    environment.keySet().removeIf(name -> name.startsWith("NODULE_LAUNCH_"));
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Path currentDirectory() {
    return currentDirectory;
  }

  void setCurrentDirectory(Path path) {
    currentDirectory = path;
  }

  @Override
  public Path resolve(String path) {
    return currentDirectory.resolve(path);
  }

  @Override
  public String execPath() {
    return launcher.execPath();
  }

  @Override
  public List<String> execArgv() {
    return commandLine.execArgv();
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }
}
