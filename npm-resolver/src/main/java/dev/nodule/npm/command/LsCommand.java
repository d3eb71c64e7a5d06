package dev.nodule.npm.command;

import dev.nodule.npm.install.TreeListing;

/** {@code ls}: the installed packages as a tree. */
final class LsCommand implements Command {
  @Override
  public int run(Invocation call) {
    boolean all =
        call.config().flag("all")
            || call.word().equals("la")
            || call.word().equals("ll")
            || call.config().number("depth", 0) > 0;
    if (call.isJson()) {
      return TreeListing.printJson(call.installed(), all, call.out());
    }
    return TreeListing.print(call.installed(), all, call.words(), call.out(), call.err());
  }
}
