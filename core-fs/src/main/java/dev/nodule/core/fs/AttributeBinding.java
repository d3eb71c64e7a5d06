package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.ModuleContext;
import org.jspecify.annotations.Nullable;

/** {@code chmod}, {@code chown}, {@code utimes} and their kin for descriptors and links. */
final class AttributeBinding {
  private final ModuleContext context;

  AttributeBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function(
        "chmod",
        3,
        arguments ->
            onPath(arguments, 2, (path, mode, none) -> Attributes.chmod(path, (int) mode)));
    binding.function(
        "chown",
        4,
        arguments ->
            onPath(arguments, 3, (path, uid, gid) -> Attributes.chown(path, id(uid), id(gid))));
    binding.function(
        "lchown",
        4,
        arguments ->
            onPath(arguments, 3, (path, uid, gid) -> Attributes.lchown(path, id(uid), id(gid))));
    binding.function("utimes", 4, arguments -> onPath(arguments, 3, Attributes::utimes));
    binding.function("lutimes", 4, arguments -> onPath(arguments, 3, Attributes::lutimes));
    binding.function(
        "fchmod",
        3,
        arguments -> onFile(arguments, 2, (fd, mode, none) -> Attributes.chmod(fd, (int) mode)));
    binding.function(
        "fchown",
        4,
        arguments ->
            onFile(arguments, 3, (fd, uid, gid) -> Attributes.chown(fd, id(uid), id(gid))));
    binding.function("futimes", 4, arguments -> onFile(arguments, 3, Attributes::utimes));
  }

  /** An unsigned 32-bit id; -1 leaves it as it is. */
  private static int id(double number) {
    return (int) (long) number;
  }

  private @Nullable Object onPath(Arguments arguments, int callback, PathCall call) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    double first = arguments.number(1);
    double second = callback > 2 ? arguments.number(2) : 0;
    return Work.run(
        context, arguments.callbackOrNull(callback), () -> call.run(path, first, second));
  }

  private @Nullable Object onFile(Arguments arguments, int callback, FileCall call) {
    int fd = arguments.int32(0);
    double first = arguments.number(1);
    double second = callback > 2 ? arguments.number(2) : 0;
    return Work.run(context, arguments.callbackOrNull(callback), () -> call.run(fd, first, second));
  }

  private interface PathCall {
    void run(FilePath path, double first, double second);
  }

  private interface FileCall {
    void run(int fd, double first, double second);
  }
}
