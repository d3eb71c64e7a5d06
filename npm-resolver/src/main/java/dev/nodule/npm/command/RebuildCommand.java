package dev.nodule.npm.command;

import dev.nodule.npm.script.InstallScripts;
import dev.nodule.npm.script.ScriptPolicy;
import dev.nodule.npm.script.ScriptRunner;
import java.util.HashSet;
import java.util.LinkedHashSet;

/** {@code rebuild}: runs the approved install scripts of what is installed. */
final class RebuildCommand implements Command {
  @Override
  public int run(Invocation call) {
    var tree = call.installed();
    var warnings = new LinkedHashSet<String>();
    var policy =
        ScriptPolicy.of(call.config(), tree.packageJson().content, call.project(), false, warnings);
    var scripts =
        new InstallScripts(
            policy,
            new ScriptRunner(call.config(), call.env(), call.project(), call.cwd(), "rebuild"));
    warnings.forEach(w -> call.err().println("nodule warn " + w));
    var names = new HashSet<>(call.words());
    var chosen =
        tree.packages().stream()
            .filter(
                n ->
                    !n.isLink()
                        && (names.isEmpty() || names.contains(n.name) || names.contains(n.id())))
            .toList();
    scripts.run(chosen, call.err(), call.config().flag("foreground-scripts"));
    call.out().println("rebuilt dependencies successfully");
    return 0;
  }
}
