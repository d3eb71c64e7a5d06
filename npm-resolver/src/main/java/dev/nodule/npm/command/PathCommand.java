package dev.nodule.npm.command;

import java.nio.file.Path;

/** {@code root}, {@code prefix}: the folders that are in use. */
final class PathCommand implements Command {
  @Override
  public int run(Invocation call) {
    Path prefix = CommandTable.globalPrefix(call.config());
    call.out()
        .println(
            switch (call.word()) {
              case "root" -> call.project().resolve("node_modules");
              case "bin" ->
                  call.isGlobal()
                      ? prefix.resolve("bin")
                      : call.project().resolve("node_modules/.bin");
              default -> call.isGlobal() ? prefix : call.project();
            });
    return 0;
  }
}
