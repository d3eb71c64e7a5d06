package dev.nodule.runtime;

import dev.nodule.api.ProcessInfo;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The process as one realm sees it: environment, current directory, how it was started. */
final class RealmProcess implements ProcessInfo {
  private final Map<String, String> environment;
  private final LauncherInfo launcher;
  private final CommandLine commandLine;
  private final @Nullable StandardOutput redirected;
  private final @Nullable RealmProcess parent;
  private volatile Path currentDirectory;

  RealmProcess(
      LauncherInfo launcher,
      CommandLine commandLine,
      Path currentDirectory,
      @Nullable StandardOutput redirected) {
    this.currentDirectory = currentDirectory;
    this.redirected = redirected;
    this.launcher = launcher;
    this.commandLine = commandLine;
    parent = null;
    environment = Collections.synchronizedMap(new LinkedHashMap<>(System.getenv()));
    // Names that the launcher script used for itself are no business of the program.
    environment.keySet().removeIf(name -> name.startsWith("NODULE_LAUNCH_"));
  }

  /**
   * The process as a worker sees it.
   *
   * @param own its environment; null shares the parent's
   */
  RealmProcess(RealmProcess parent, CommandLine commandLine, @Nullable Map<String, String> own) {
    this.parent = parent;
    this.commandLine = commandLine;
    currentDirectory = parent.currentDirectory();
    redirected = parent.redirected;
    launcher = parent.launcher;
    environment =
        own == null ? parent.environment : Collections.synchronizedMap(new LinkedHashMap<>(own));
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Path currentDirectory() {
    return parent == null ? currentDirectory : parent.currentDirectory();
  }

  void setCurrentDirectory(Path path) {
    currentDirectory = path;
  }

  @Override
  public Path resolve(String path) {
    return currentDirectory().resolve(path);
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
    return redirected != null || parent != null;
  }

  @Override
  public boolean isWorker() {
    return parent != null;
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
