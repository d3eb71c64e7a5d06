package dev.nodule.npm.command;

import dev.nodule.npm.install.ProjectInstall;
import dev.nodule.npm.install.TreeListing;
import java.util.List;
import java.util.TreeSet;

/** {@code ls}: the installed packages as a tree. */
final class LsCommand implements Command {
  @Override
  public int run(Invocation call) {
    var config = call.config();
    boolean all =
        config.flag("all")
            || call.word().equals("la")
            || call.word().equals("ll")
            || !call.words().isEmpty();
    var omit = new TreeSet<>(ProjectInstall.omitted(config, call.env()));
    if ("prod".equals(config.get("only"))) {
      omit.add("dev");
    }
    var options =
        new TreeListing.Options(
            config.number("depth", all ? Integer.MAX_VALUE : 0),
            List.copyOf(call.words()),
            omit,
            config.flag("link"),
            config.flag("long") || call.word().equals("la") || call.word().equals("ll"),
            config.flag("unicode", true));
    var listing = new TreeListing(call.installed(), call.isGlobal(), options);
    if (call.isJson()) {
      call.out().println(listing.json());
    } else if (config.flag("parseable")) {
      call.out().print(listing.paths());
    } else {
      call.out().println(listing.text());
    }
    if (listing.hasFailed()) {
      call.err().println("nodule error code ELSPROBLEMS");
      listing.problems().forEach(p -> call.err().println("nodule error " + p));
      return 1;
    }
    return options.names().isEmpty() || listing.foundAny() ? 0 : 1;
  }
}
