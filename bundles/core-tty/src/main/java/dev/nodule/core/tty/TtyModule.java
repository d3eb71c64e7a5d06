package dev.nodule.core.tty;

import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The module's binding: what only the system knows about terminals. Results below 0 are negated
 * error numbers.
 */
public final class TtyModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("isTerminal", 1, call -> isTerminal(call.int32(0)))
        .function("setRawMode", 2, call -> Terminal.setRawMode(call.int32(0), call.bool(1)))
        .function("restore", 1, call -> Terminal.restore(call.int32(0)))
        .function("windowSize", 1, call -> Terminal.windowSize(call.int32(0)));
  }

  /**
   * Where /proc tells by a name, nothing of the foreign function interface is loaded for it: every
   * program asks this.
   */
  private static boolean isTerminal(int fd) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
      if (!target.startsWith("/dev/") || target.equals("/dev/null")) {
        return false;
      }
    } catch (IOException e) {
      if (Files.isDirectory(Path.of("/proc/self/fd"))) {
        return false;
      }
    }
    return Terminal.isTerminal(fd);
  }
}
