package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Bytes;
import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code open}, {@code close}, {@code read}, {@code write} and what else works on a descriptor. */
final class DescriptorBinding {
  private final ModuleContext context;

  DescriptorBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("open", 4, this::open);
    binding.function("close", 2, this::close);
    binding.function("read", 6, this::read);
    binding.function("write", 6, this::write);
    binding.function("readv", 4, this::readv);
    binding.function("writev", 4, this::writev);
    binding.function("ftruncate", 3, this::ftruncate);
    binding.function("fsync", 2, this::fsync);
    binding.function("fdatasync", 2, this::fdatasync);
  }

  private @Nullable Object open(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    int flags = arguments.int32(1);
    int mode = arguments.int32(2);
    return context.blocking(arguments.callbackOrNull(3), () -> Descriptors.open(path, flags, mode));
  }

  private @Nullable Object close(Arguments arguments) {
    int fd = arguments.int32(0);
    return run(
        arguments.callbackOrNull(1),
        () -> {
          Descriptors.close(fd);
        });
  }

  private @Nullable Object read(Arguments arguments) {
    int fd = arguments.int32(0);
    Bytes bytes = part(arguments);
    long position = arguments.int64(4);
    return context.blocking(
        arguments.callbackOrNull(5), () -> Descriptors.read(fd, bytes, position));
  }

  private @Nullable Object write(Arguments arguments) {
    int fd = arguments.int32(0);
    Bytes bytes = part(arguments);
    long position = arguments.int64(4);
    return context.blocking(
        arguments.callbackOrNull(5),
        () -> Descriptors.write(fd, bytes.array(), bytes.offset(), bytes.length(), position));
  }

  private @Nullable Object readv(Arguments arguments) {
    int fd = arguments.int32(0);
    List<Bytes> targets = all(arguments, 3);
    long position = arguments.int64(1);
    return context.blocking(
        arguments.callbackOrNull(2), () -> Descriptors.readInto(fd, targets, position));
  }

  private @Nullable Object writev(Arguments arguments) {
    int fd = arguments.int32(0);
    List<Bytes> sources = all(arguments, 3);
    long position = arguments.int64(1);
    return context.blocking(
        arguments.callbackOrNull(2), () -> Descriptors.writeFrom(fd, sources, position));
  }

  private @Nullable Object ftruncate(Arguments arguments) {
    int fd = arguments.int32(0);
    long length = arguments.int64(1);
    return run(arguments.callbackOrNull(2), () -> Descriptors.truncate(fd, length));
  }

  private @Nullable Object fsync(Arguments arguments) {
    int fd = arguments.int32(0);
    return run(arguments.callbackOrNull(1), () -> Descriptors.sync(fd));
  }

  private @Nullable Object fdatasync(Arguments arguments) {
    int fd = arguments.int32(0);
    return run(arguments.callbackOrNull(1), () -> Descriptors.dataSync(fd));
  }

  /** {@code (fd, buffer, offset, length, ...)}: that part of the buffer. */
  private static Bytes part(Arguments arguments) {
    Bytes bytes = arguments.bytes(1);
    return new Bytes(bytes.array(), bytes.offset() + arguments.int32(2), arguments.int32(3));
  }

  /** The buffers from argument {@code first} to the last. */
  private static List<Bytes> all(Arguments arguments, int first) {
    List<Bytes> all = new ArrayList<>();
    for (int i = first; i < arguments.length(); i++) {
      all.add(arguments.bytes(i));
    }
    return all;
  }

  private @Nullable Object run(@Nullable Callback callback, Runnable work) {
    return Work.run(context, callback, work);
  }
}
