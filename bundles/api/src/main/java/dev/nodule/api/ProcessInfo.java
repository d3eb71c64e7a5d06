package dev.nodule.api;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts of the process that bindings need; JavaScript sees them as {@code process}. */
public interface ProcessInfo {
  /** The environment, live: JavaScript's {@code process.env} writes into it, children get it. */
  Map<String, String> environment();

  /** The current directory, as {@code process.chdir} set it; the JVM's own never changes. */
  Path currentDirectory();

  /** A path of JavaScript, made absolute against {@link #currentDirectory()}. */
  Path resolve(String path);

  /** The launcher that started this process, as {@code process.execPath}. */
  String execPath();

  /** The options before the script's name, as {@code process.execArgv}. */
  List<String> execArgv();

  long pid();

  /**
   * Whether the application is one part of its process, as in a container: then what belongs to the
   * whole process (signals, standard input, the working directory, its end) is not its own.
   */
  default boolean isShared() {
    return false;
  }

  /** Whether the realm is one of a further thread: a worker of its application. */
  default boolean isWorker() {
    return false;
  }

  /**
   * Where the application's standard output (1) or error (2) goes; null for the process's own
   * descriptor.
   */
  default @Nullable OutputStream output(int descriptor) {
    return null;
  }
}
