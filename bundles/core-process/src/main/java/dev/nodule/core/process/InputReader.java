package dev.nodule.core.process;

import dev.nodule.api.Callback;
import dev.nodule.api.Errno;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Standard input from a pipe, which no selector can watch on every system: a daemon thread reads
 * one chunk for each demand of the stream. The loop stays alive while a chunk is awaited and the
 * stream is not paused.
 */
final class InputReader {
  private static final int CHUNK = 65536;

  private final JavaScript javaScript;
  private final EventLoop loop;
  private final Callback callback;
  private final Handle handle;
  private final Semaphore demand = new Semaphore(0);
  private @Nullable Thread thread;
  private boolean reading;
  private boolean idle;
  private boolean ended;

  InputReader(ModuleContext context, Callback callback) {
    javaScript = context.javaScript();
    loop = context.loop();
    this.callback = callback;
    handle = loop.open("PipeWrap");
    handle.setActive(false);
  }

  /** {@code read}, {@code idle}, {@code ref}, {@code unref} and {@code close} for JavaScript. */
  Object face() {
    Object face = javaScript.newObject();
    function(face, "read", this::read);
    function(face, "ref", handle::ref);
    function(face, "unref", handle::unref);
    function(
        face,
        "close",
        () -> {
          ended = true;
          update();
        });
    javaScript.set(
        face,
        "idle",
        javaScript.newFunction(
            "idle",
            1,
            arguments -> {
              idle = arguments.bool(0);
              update();
              return null;
            }));
    return face;
  }

  private void function(Object face, String name, Runnable action) {
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

  private void update() {
    handle.setActive(reading && !idle && !ended);
  }

  private void read() {
    if (reading || ended) {
      return;
    }
    reading = true;
    update();
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("nodule-stdin").start(this::run);
    }
    demand.release();
  }

  private void run() {
    byte[] chunk = new byte[CHUNK];
    FileInputStream input = new FileInputStream(FileDescriptor.in);
    while (true) {
      demand.acquireUninterruptibly();
      try {
        int count = input.read(chunk);
        byte[] data = count < 0 ? null : Arrays.copyOf(chunk, count);
        loop.execute(() -> deliver(data));
        if (data == null) {
          return;
        }
      } catch (IOException e) {
        loop.execute(() -> deliver(-Errno.EIO.number()));
        return;
      }
    }
  }

  private void deliver(@Nullable Object data) {
    reading = false;
    if (ended) {
      return;
    }
    if (!(data instanceof byte[])) {
      ended = true;
    }
    update();
    callback.invoke(data);
  }
}
