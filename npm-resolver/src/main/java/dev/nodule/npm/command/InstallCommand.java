package dev.nodule.npm.command;

import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.script.InstallScripts;
import java.util.ArrayList;

/**
 * {@code install}, {@code ci}, {@code uninstall}, {@code update}, {@code dedupe}, {@code prune}:
 * what changes the tree.
 */
final class InstallCommand implements Command {
  private final ProjectInstall.Action action;

  InstallCommand(ProjectInstall.Action action) {
    this.action = action;
  }

  @Override
  public int run(Invocation call) {
    long start = System.nanoTime();
    if (!call.words().isEmpty()
        && (action == ProjectInstall.Action.CI || action == ProjectInstall.Action.DEDUPE)) {
      throw call.usage("The `" + call.word() + "` command takes no package names");
    }
    var progress = call.progress();
    ProjectInstall.Result result;
    try {
      result = call.install().run(action, call.words());
    } finally {
      progress.accept("");
    }
    report(call, result, System.nanoTime() - start);
    return 0;
  }

  static void report(Invocation call, ProjectInstall.Result result, long nanos) {
    var err = call.err();
    if (call.isSilent()) {
      return;
    }
    result.warnings().forEach(w -> err.println("nodule warn " + w));
    result
        .deprecated()
        .forEach(
            (id, text) ->
                err.println(
                    "nodule warn deprecated " + id + ": " + text.lines().findFirst().orElse("")));
    if (!result.unreviewed().isEmpty()) {
      err.println(
          "nodule warn install-scripts "
              + count(result.unreviewed().size())
              + " wanted to run install scripts, "
              + "which did not run as nobody approved them:");
      for (var node : result.unreviewed()) {
        err.println(
            "nodule warn install-scripts   "
                + node.id()
                + " ("
                + String.join(
                    "; ",
                    InstallScripts.of(node).entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .toList())
                + ")");
      }
      err.println(
          "nodule warn install-scripts Run `nodule approve-scripts <pkg>` to allow or `nodule deny-scripts <pkg>` "
              + "to deny, then `nodule rebuild`.");
    }
    if (call.isJson()) {
      call.printJson(
          new java.util.TreeMap<>(
              java.util.Map.of(
                  "added",
                  result.added(),
                  "removed",
                  result.removed(),
                  "changed",
                  result.changed())));
      return;
    }
    call.out().println();
    call.out().println(summary(result, nanos));
  }

  private static String summary(ProjectInstall.Result r, long nanos) {
    var parts = new ArrayList<String>();
    if (r.added() > 0) {
      parts.add("added " + count(r.added()));
    }
    if (r.removed() > 0) {
      parts.add("removed " + count(r.removed()));
    }
    if (r.changed() > 0) {
      parts.add("changed " + count(r.changed()));
    }
    String what =
        parts.isEmpty()
            ? "up to date"
            : parts.size() == 1
                ? parts.getFirst()
                : String.join(", ", parts.subList(0, parts.size() - 1))
                    + ", and "
                    + parts.getLast();
    long millis = nanos / 1_000_000;
    return what + " in " + (millis < 1000 ? millis + "ms" : Math.round(millis / 1000.0) + "s");
  }

  private static String count(int n) {
    return n + (n == 1 ? " package" : " packages");
  }
}
