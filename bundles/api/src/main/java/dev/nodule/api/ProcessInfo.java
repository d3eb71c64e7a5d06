package dev.nodule.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
}
