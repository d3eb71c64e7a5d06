package dev.nodule.runtime;

import dev.nodule.api.ProcessInfo;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The process as one realm sees it: environment, current directory, how it was started. */
final class RealmProcess implements ProcessInfo {
  private final Map<String, String> environment = new LinkedHashMap<>(System.getenv());
  private final LauncherInfo launcher;
  private final CommandLine commandLine;
  private final @Nullable StandardOutput redirected;
  private Path currentDirectory;

  RealmProcess(
      LauncherInfo launcher,
      CommandLine commandLine,
      Path currentDirectory,
      @Nullable StandardOutput redirected) {
    this.currentDirectory = currentDirectory;
    this.redirected = redirected;
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
  public boolean isShared() {
    return redirected != null;
  }

  @Override
  public @Nullable OutputStream output(int descriptor) {
    if (redirected == null) {
      return null;
    }
    return descriptor == 2 ? redirected.error() : redirected.output();
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }
}
