package dev.nodule.launcher;

import java.io.PrintStream;

/** {@code nodule --help}. */
final class HelpText {
  private HelpText() {}

  static void print(PrintStream out) {
    out.println("Usage: nodule [options] [ script.js ] [arguments]");
    out.println();
    out.println("Options:");
    option(out, "-", "script read from stdin");
    option(out, "--", "indicate the end of nodule options");
    option(out, "-c, --check", "check the script's syntax and run nothing");
    option(out, "--allow-java", "let JavaScript call OSGi services: require('osgi:...')");
    option(out, "--allow-module-control", "let JavaScript change core modules: nodule:modules");
    option(out, "-C, --conditions=...", "further conditions for \"exports\" and \"imports\"");
    option(out, "--env-file=...", "set environment variables from a file");
    option(out, "-e, --eval=...", "evaluate the code given");
    option(out, "-h, --help", "print this help");
    option(out, "--input-type=...", "the module system of code from --eval or stdin");
    option(out, "--install=auto", "install what the program needs and node_modules misses");
    option(out, "--metrics=[HOST:]PORT", "figures for Prometheus at http://HOST:PORT/metrics");
    option(out, "--metrics-jmx", "figures for JMX: dev.nodule:type=Modules");
    option(out, "--module-dir=...", "deploy the bundles that appear in a folder");
    option(out, "--module-signers=...", "key store with whose certificates bundles must be signed");
    option(out, "--module-state=...", "folder for the module versions chosen for the next start");
    option(out, "--module-wait=...", "milliseconds that calls wait for a module that is absent");
    option(out, "--no-admin", "no admin socket: the process is not listed by nodule ps");
    option(out, "-p, --print [...]", "evaluate the code and print its result");
    option(out, "-r, --require=...", "load a module before the script (may be repeated)");
    option(out, "-i, --interactive", "the REPL, also where standard input is no terminal");
    option(out, "--run=...", "run a script of package.json");
    option(out, "--stack-trace-limit=...", "frames in a stack trace");
    option(out, "--test", "run tests: files, patterns, or what is named like a test");
    option(out, "--trace-java", "print the Java stack of internal errors");
    option(out, "--trace-warnings", "print stacks of warnings");
    option(out, "--unhandled-rejections=...", "strict, warn, none, throw or warn-with-error-code");
    option(out, "--watch", "run the program anew when its files change");
    option(out, "-v, --version", "print the level of Node.js that is implemented");
    out.println();
    out.println("Commands:");
    option(out, "nodule install [package ...]", "install packages into node_modules");
    option(out, "nodule ci", "install exactly what package-lock.json says");
    option(out, "nodule dist --app DIR --out FILE", "write an image of one application");
    option(out, "nodule ps", "list running processes");
    option(out, "nodule modules [PID]", "list the core modules of a process");
    option(out, "nodule swap PID JAR ...", "replace core modules in a running process");
    option(out, "nodule update PID FILE", "apply a signed update of nodule dist --update");
    option(
        out, "nodule rollback PID MODULE", "bring the version before back (--shipped: the first)");
    option(out, "nodule stop|start PID MODULE", "take a core module away, and bring it back");
    option(out, "nodule history [PID]", "what was done to the modules of a process");
    option(
        out, "nodule new module NAME", "write a project that builds a core module (--dir FOLDER)");
    option(out, "nodule top [PID]", "watch modules, calls, errors and loop lag");
    out.println();
    out.println("Environment variables:");
    option(out, "NODE_ENV", "read by many packages; 'production' for servers");
    option(out, "NODE_OPTIONS", "options as on the command line");
    option(out, "NODE_PATH", "':'-separated folders that are searched after node_modules");
    option(out, "UV_THREADPOOL_SIZE", "threads of the worker pool (default 4)");
  }

  private static void option(PrintStream out, String name, String text) {
    if (name.length() > 28) {
      out.println("  " + name);
      out.println(" ".repeat(32) + text);
    } else {
      out.printf("  %-30s%s%n", name, text);
    }
  }
}
