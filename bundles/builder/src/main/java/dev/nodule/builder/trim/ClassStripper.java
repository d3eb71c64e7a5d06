package dev.nodule.builder.trim;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.SourceDebugExtensionAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.util.Set;

/** Class files without what only debuggers and compilers read. */
final class ClassStripper {
  private static final ClassFile FILES =
      ClassFile.of(
          ClassFile.DebugElementsOption.DROP_DEBUG,
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
          ClassFile.ConstantPoolSharingOption.SHARED_POOL,
          ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED);

  private static final ClassTransform TRANSFORM =
      ClassTransform.dropping(
              element ->
                  element instanceof SourceFileAttribute
                      || element instanceof SourceDebugExtensionAttribute
                      || isInvisible(element))
          .andThen(
              ClassTransform.transformingMethods(
                  (builder, element) -> {
                    if (!isInvisible(element)) {
                      builder.with(element);
                    }
                  }))
          .andThen(
              ClassTransform.transformingFields(
                  (builder, element) -> {
                    if (!isInvisible(element)) {
                      builder.with(element);
                    }
                  }));

  private ClassStripper() {}

  private static boolean isInvisible(Object element) {
    return element instanceof RuntimeInvisibleAnnotationsAttribute
        || element instanceof RuntimeInvisibleParameterAnnotationsAttribute
        || element instanceof RuntimeInvisibleTypeAnnotationsAttribute;
  }

  /** Strips a class; one that cannot be read is given back as it is. */
  static byte[] strip(byte[] bytes) {
    return strip(bytes, TRANSFORM);
  }

  /**
   * Strips a class, and drops its other methods.
   *
   * @param methods what stays, as {@code name + descriptor}
   */
  static byte[] strip(byte[] bytes, Set<String> methods) {
    return strip(
        bytes,
        ClassTransform.dropping(
                element ->
                    element instanceof MethodModel method
                        && !methods.contains(ClassShape.signature(method)))
            .andThen(TRANSFORM));
  }

  private static byte[] strip(byte[] bytes, ClassTransform transform) {
    try {
      ClassModel model = FILES.parse(bytes);
      return UnusedConstants.remove(FILES.transformClass(model, transform));
    } catch (IllegalArgumentException e) {
      return bytes;
    }
  }
}
