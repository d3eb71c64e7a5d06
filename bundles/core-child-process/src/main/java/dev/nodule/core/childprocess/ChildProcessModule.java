package dev.nodule.core.childprocess;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.posix.Libc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Node.js's {@code child_process}. */
public final class ChildProcessModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding
        .function("spawn", 2, arguments -> spawn(context, arguments))
        .function("spawnSync", 2, arguments -> spawnSync(context, arguments))
        .function(
            "openChannel",
            2,
            arguments -> openChannel(context, arguments.int32(0), arguments.callback(1)))
        .function(
            "closeDescriptor",
            1,
            arguments -> {
              Libc.close(arguments.int32(0));
              return null;
            });
  }

  private static SpawnOptions options(ModuleContext context, Arguments arguments) {
    JavaScript javaScript = context.javaScript();
    Object cwd = javaScript.get(arguments.value(0), "cwd");
    boolean own = cwd == javaScript.undefined() || cwd == javaScript.nullValue();
    Path directory =
        own ? context.process().currentDirectory() : context.process().resolve(cwd.toString());
    return SpawnOptions.of(javaScript, arguments.value(0), directory, own);
  }

  /**
   * spawn(options, onExit): [pid, parent ends, face], the pid being a negated errno where there is
   * no child.
   */
  private static Object spawn(ModuleContext context, Arguments arguments) {
    SpawnedProcess process = PosixSpawn.start(options(context, arguments));
    Object ends = context.javaScript().newArray(boxed(process.parentEnds()));
    return process.pid() < 0
        ? List.of(process.pid(), ends)
        : List.of(
            process.pid(),
            ends,
            face(
                context.javaScript(),
                new RunningChild(context.loop(), process, arguments.callback(1))));
  }

  /**
   * {@code fd}, {@code write(bytes, descriptor, done)}, {@code ref}, {@code unref}, {@code end} and
   * {@code close}.
   */
  private static Object openChannel(ModuleContext context, int fd, Callback onRead) {
    JavaScript javaScript = context.javaScript();
    MessageChannel channel = new MessageChannel(context.loop(), fd, onRead);
    Object face = javaScript.newObject();
    javaScript.set(face, "fd", fd);
    javaScript.set(
        face,
        "write",
        javaScript.newFunction(
            "write",
            3,
            arguments ->
                (double)
                    channel.write(
                        arguments.bytes(0).copy(),
                        arguments.int32(1),
                        arguments.callbackOrNull(2))));
    action(javaScript, face, "ref", channel.handle()::ref);
    action(javaScript, face, "unref", channel.handle()::unref);
    action(javaScript, face, "end", channel::end);
    action(javaScript, face, "close", channel::close);
    return face;
  }

  private static void action(JavaScript javaScript, Object face, String name, Runnable action) {
    javaScript.set(
        face,
        name,
        javaScript.newFunction(
            name,
            0,
            arguments -> {
              action.run();
              return null;
            }));
  }

  private static @Nullable Object[] boxed(int[] numbers) {
    Object[] result = new Object[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      result[i] = numbers[i];
    }
    return result;
  }

  private static Object face(JavaScript javaScript, RunningChild child) {
    Object face = javaScript.newObject();
    javaScript.set(
        face,
        "kill",
        javaScript.newFunction("kill", 1, arguments -> child.kill(arguments.int32(0))));
    javaScript.set(
        face,
        "ref",
        javaScript.newFunction(
            "ref",
            0,
            arguments -> {
              child.handle().ref();
              return null;
            }));
    javaScript.set(
        face,
        "unref",
        javaScript.newFunction(
            "unref",
            0,
            arguments -> {
              child.handle().unref();
              return null;
            }));
    javaScript.set(
        face, "hasRef", javaScript.newFunction("hasRef", 0, arguments -> child.handle().hasRef()));
    return face;
  }

  /**
   * spawnSync(options, timeout, maxBuffer, killSignal, ...inputs): [pid, code, signal, error,
   * ...outputs].
   */
  private static Object spawnSync(ModuleContext context, Arguments arguments) {
    SpawnOptions options = options(context, arguments);
    SpawnedProcess process = PosixSpawn.start(options);
    if (process.pid() < 0) {
      for (int fd : process.parentEnds()) {
        Libc.close(fd);
      }
      return List.of(process.pid());
    }
    byte[] @Nullable [] inputs = new byte[options.stdio().length][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = arguments.isBytes(4 + i) ? arguments.bytes(4 + i).copy() : null;
    }
    int[] ends = process.parentEnds().clone();
    SyncRun run = new SyncRun(process, inputs, arguments.number(2), arguments.int32(3));
    SpawnedProcess.Exit exit = run.run(arguments.number(1));
    List<@Nullable Object> result = new ArrayList<>();
    result.add(process.pid());
    result.add(exit.code());
    result.add(exit.signal());
    result.add(run.error());
    for (int i = 0; i < ends.length; i++) {
      result.add(ends[i] >= 0 && i > 0 ? run.output(i) : context.javaScript().nullValue());
    }
    return result;
  }
}
