package dev.nodule.builder.trim;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class as calls are resolved in it: its place in the hierarchy and its methods by {@code name +
 * descriptor}.
 */
final class ClassShape {
  private static final ClassFile FILES = ClassFile.of();

  final String name;
  final @Nullable String superclass;
  final List<String> interfaces;
  final ClassModel model;

  /** One of Java's own: nothing of it is trimmed, and it calls what overrides its methods. */
  final boolean platform;

  final Map<String, MethodModel> methods = new LinkedHashMap<>();

  private ClassShape(ClassModel model, boolean platform) {
    this.model = model;
    this.platform = platform;
    name = model.thisClass().asInternalName();
    superclass = model.superclass().map(ClassEntry::asInternalName).orElse(null);
    interfaces = model.interfaces().stream().map(ClassEntry::asInternalName).toList();
    for (MethodModel method : model.methods()) {
      methods.put(signature(method), method);
    }
  }

  static ClassShape of(byte[] bytes, boolean platform) {
    return new ClassShape(FILES.parse(bytes), platform);
  }

  static String signature(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  static boolean has(MethodModel method, AccessFlag flag) {
    return (method.flags().flagsMask() & flag.mask()) != 0;
  }

  boolean has(AccessFlag flag) {
    return (model.flags().flagsMask() & flag.mask()) != 0;
  }
}
