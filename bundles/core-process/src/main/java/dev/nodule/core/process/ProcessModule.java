package dev.nodule.core.process;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.posix.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Node.js's {@code process}. */
public final class ProcessModule extends ScriptModule {
  private static final int ENOENT = 2;
  private static final int ENOTDIR = 20;
  private static final int ENAMETOOLONG = 36;
  private static final int SIGABRT = 6;

  @Override
  public void bind(ModuleContext context, Binding binding) {
    SignalWatchers signals = new SignalWatchers(context.loop());
    StandardStreams streams = new StandardStreams(context.process());
    binding
        .value("arch", System.getProperty("os.arch").equals("amd64") ? "x64" : "arm64")
        .value("argv0", System.getenv("NODULE_LAUNCH_ARGV0"))
        .function(
            "ppid",
            0,
            arguments ->
                (int)
                    ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L).longValue())
        .function("exists", 1, arguments -> Files.exists(Path.of(arguments.string(0))))
        .function(
            "hrtime",
            0,
            arguments -> {
              long now = System.nanoTime();
              return List.of((int) (now / 1_000_000_000), (int) (now % 1_000_000_000));
            })
        .function("hrtimeBigInt", 0, arguments -> BigInteger.valueOf(System.nanoTime()))
        .function("chdir", 1, arguments -> changeDirectory(context, arguments.string(0)))
        .function("kill", 2, arguments -> Libc.call("kill", arguments.int32(0), arguments.int32(1)))
        .function(
            "abort", 0, arguments -> Libc.call("kill", ProcessHandle.current().pid(), SIGABRT))
        .function("umask", 1, arguments -> umask(arguments.int32(0)))
        .function("usage", 1, arguments -> ResourceUsage.of(arguments.int32(0)))
        .function("memoryUsage", 0, arguments -> Memory.usage())
        .function("constrainedMemory", 0, arguments -> Memory.limit())
        .function("availableMemory", 0, arguments -> Memory.available())
        .function(
            "setTitle",
            1,
            arguments -> {
              ProcessTitle.set(arguments.string(0));
              return null;
            })
        .function(
            "watchSignal",
            2,
            arguments -> signals.watch(arguments.string(0), arguments.callback(1)))
        .function(
            "rewatchSignal",
            2,
            arguments -> {
              signals.rewatch(arguments.int32(0), arguments.callback(1));
              return null;
            })
        .function(
            "unwatchSignal",
            1,
            arguments -> {
              signals.unwatch(arguments.int32(0));
              return null;
            })
        .function("kind", 1, arguments -> streams.kind(arguments.int32(0)))
        .function("write", 2, arguments -> streams.write(arguments.int32(0), arguments))
        .function(
            "openReader", 1, arguments -> new InputReader(context, arguments.callback(0)).face())
        .function("glibcVersion", 0, arguments -> LibcVersion.glibc())
        .function("getId", 1, arguments -> Libc.call(arguments.string(0)))
        .function("setId", 2, arguments -> Libc.call(arguments.string(0), arguments.int64(1)))
        .function("getgroups", 0, arguments -> Credentials.groups())
        .function("setgroups", 0, arguments -> Credentials.setGroups(numbers(arguments)))
        .function(
            "initgroups",
            2,
            arguments -> Credentials.initGroups(arguments.string(0), arguments.int64(1)))
        .function(
            "accountId", 2, arguments -> Credentials.id(arguments.string(0), arguments.string(1)))
        .function("accountName", 1, arguments -> Credentials.name(arguments.int64(0)))
        .function("execve", 3, arguments -> execute(context, arguments))
        .value("shared", context.process().isShared());
    if (context.process().isShared()) {
      SharedProcess.restrict(binding);
    }
  }

  private static long[] numbers(Arguments arguments) {
    long[] numbers = new long[arguments.length()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = arguments.int64(i);
    }
    return numbers;
  }

  /** The real path of the directory, or a negated errno. */
  private static Object changeDirectory(ModuleContext context, String directory) {
    if (directory.isEmpty()) {
      return -ENOENT;
    }
    Path path = context.process().resolve(directory);
    try {
      Path real = path.toRealPath();
      if (!Files.isDirectory(real)) {
        return -ENOTDIR;
      }
      if (context.process().isShared()) {
        return real.toString();
      }
      try (Arena arena = Arena.ofConfined()) {
        int error = Libc.call("chdir", arena.allocateFrom(real.toString()).address());
        return error < 0 ? error : real.toString();
      }
    } catch (IOException e) {
      if (path.getFileName() != null && path.getFileName().toString().length() > 255) {
        return -ENAMETOOLONG;
      }
      return -ENOENT;
    }
  }

  static int umask(int mask) {
    if (mask >= 0) {
      return Libc.call("umask", mask & 0777);
    }
    int current = Libc.call("umask", 0);
    Libc.call("umask", current);
    return current;
  }

  private static Object execute(ModuleContext context, Arguments arguments) {
    return Execution.replaceProcess(
        context.process().currentDirectory().toString(),
        arguments.string(0),
        strings(context, arguments.value(1)),
        strings(context, arguments.value(2)));
  }

  private static List<String> strings(ModuleContext context, Object array) {
    List<String> result = new ArrayList<>();
    int length = ((Number) context.javaScript().get(array, "length")).intValue();
    for (int i = 0; i < length; i++) {
      result.add(context.javaScript().get(array, Integer.toString(i)).toString());
    }
    return result;
  }
}
