package dev.nodule.core.zlib;

import dev.nodule.api.Arguments;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A codec as JavaScript holds it: {@code write}, {@code params}, {@code reset}, {@code close}. */
final class CodecHandle {
  private final ModuleContext context;
  private final Codec codec;
  // Held while the codec works; who finds it taken at close leaves that to the worker.
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;
  private boolean released;

  CodecHandle(ModuleContext context, Codec codec) {
    this.context = context;
    this.codec = codec;
  }

  Object toObject() {
    JavaScript js = context.javaScript();
    Object object = js.newObject();
    js.defineHidden(object, "write", js.newFunction("write", 8, this::write));
    js.defineHidden(object, "params", js.newFunction("params", 2, this::params));
    js.defineHidden(object, "reset", js.newFunction("reset", 0, this::reset));
    js.defineHidden(object, "close", js.newFunction("close", 0, this::close));
    return object;
  }

  /**
   * {@code write(flush, in, inOffset, inLength, out, outOffset, outLength[, callback])}. The result
   * is {@code [availableOut, availableIn]}, followed by errno, code and message if the data is bad.
   */
  private @Nullable Object write(Arguments args) {
    int flush = args.int32(0);
    int inOffset = args.int32(2);
    int inLength = args.int32(3);
    Bytes in = args.bytes(1);
    Bytes out = args.bytes(4);
    Step step =
        new Step(
            in.array(),
            in.offset() + inOffset,
            inLength,
            out.array(),
            out.offset() + args.int32(5),
            args.int32(6));
    Callback callback = args.callbackOrNull(7);
    return context.blocking(callback, () -> run(step, flush));
  }

  private List<Object> run(Step step, int flush) {
    lock.lock();
    try {
      if (closed) {
        return List.of(step.outLength, step.inLength);
      }
      codec.process(step, flush);
      return List.of(step.outLength, step.inLength);
    } catch (CodecException e) {
      return failure(step, e);
    } finally {
      lock.unlock();
      if (closed) {
        release();
      }
    }
  }

  static List<Object> failure(Step step, CodecException e) {
    return List.of(step.outLength, step.inLength, e.errno(), e.code(), e.text());
  }

  private @Nullable Object params(Arguments args) {
    int level = args.int32(0);
    int strategy = args.int32(1);
    lock.lock();
    try {
      if (!closed) {
        codec.params(level, strategy);
      }
    } finally {
      lock.unlock();
    }
    return null;
  }

  private @Nullable Object reset(Arguments args) {
    lock.lock();
    try {
      if (!closed) {
        codec.reset();
      }
    } catch (CodecException e) {
      throw ZlibModule.toNodeException(e);
    } finally {
      lock.unlock();
    }
    return null;
  }

  private @Nullable Object close(Arguments args) {
    closed = true;
    release();
    return null;
  }

  private void release() {
    if (lock.tryLock()) {
      try {
        if (!released) {
          released = true;
          codec.close();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
