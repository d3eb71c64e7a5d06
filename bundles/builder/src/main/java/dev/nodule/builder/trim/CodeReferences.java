package dev.nodule.builder.trim;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.List;

/** What the code of a method refers to. */
final class CodeReferences {
  /** Takes the references of code; types are internal names or descriptors. */
  interface Sink {
    /** A type must be there for the code to be verified and linked. */
    void type(String name);

    void create(String owner);

    void initialize(String owner);

    /** A call of exactly this method: static, special or of a constructor. */
    void call(String owner, String signature);

    void callVirtual(String owner, String signature);

    /** A class that code has in its hands may be asked for its members. */
    void classConstant(String name);

    void text(String text);

    /** An object that implements an interface, and has no class of its own. */
    void lambda(String type, String method, List<LoadableConstantEntry> arguments);
  }

  // Kinds of method handles (JVM specification, table 5.4.3.5-A).
  private static final int LAST_FIELD_KIND = 4;
  private static final int GET_STATIC = 2;
  private static final int PUT_STATIC = 4;
  private static final int INVOKE_VIRTUAL = 5;
  private static final int NEW_INVOKE_SPECIAL = 8;
  private static final int INVOKE_INTERFACE = 9;

  private final Sink sink;

  CodeReferences(Sink sink) {
    this.sink = sink;
  }

  void read(CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case InvokeInstruction call -> {
          String owner = call.owner().asInternalName();
          String signature = call.name().stringValue() + call.type().stringValue();
          sink.type(owner);
          if (call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE) {
            sink.callVirtual(owner, signature);
          } else {
            sink.call(owner, signature);
          }
        }
        case InvokeDynamicInstruction call -> {
          sink.lambda(
              call.type().stringValue(),
              call.name().stringValue(),
              call.invokedynamic().bootstrap().arguments());
          handle(call.invokedynamic().bootstrap().bootstrapMethod());
          call.invokedynamic().bootstrap().arguments().forEach(this::constant);
        }
        case FieldInstruction field -> {
          sink.type(field.owner().asInternalName());
          sink.type(field.type().stringValue());
          if (field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC) {
            sink.initialize(field.owner().asInternalName());
          }
        }
        case NewObjectInstruction created -> sink.create(created.className().asInternalName());
        case NewReferenceArrayInstruction array ->
            sink.type(array.componentType().asInternalName());
        case NewMultiArrayInstruction array -> sink.type(array.arrayType().asInternalName());
        case TypeCheckInstruction check -> sink.type(check.type().asInternalName());
        case ConstantInstruction.LoadConstantInstruction load -> constant(load.constantEntry());
        case ExceptionCatch caught ->
            caught.catchType().ifPresent(type -> sink.type(type.asInternalName()));
        default -> {}
      }
    }
    code.findAttribute(Attributes.stackMapTable())
        .ifPresent(
            table ->
                table
                    .entries()
                    .forEach(
                        frame -> {
                          frame.locals().forEach(this::frameType);
                          frame.stack().forEach(this::frameType);
                        }));
  }

  private void frameType(StackMapFrameInfo.VerificationTypeInfo info) {
    if (info instanceof StackMapFrameInfo.ObjectVerificationTypeInfo object) {
      sink.type(object.className().asInternalName());
    }
  }

  private void constant(LoadableConstantEntry constant) {
    switch (constant) {
      case ClassEntry type -> sink.classConstant(type.asInternalName());
      case StringEntry text -> sink.text(text.stringValue());
      case MethodHandleEntry handle -> handle(handle);
      case MethodTypeEntry type -> sink.type(type.descriptor().stringValue());
      case ConstantDynamicEntry dynamic -> {
        sink.type(dynamic.type().stringValue());
        handle(dynamic.bootstrap().bootstrapMethod());
        dynamic.bootstrap().arguments().forEach(this::constant);
      }
      default -> {}
    }
  }

  private void handle(MethodHandleEntry handle) {
    String owner = handle.reference().owner().asInternalName();
    String signature =
        handle.reference().name().stringValue() + handle.reference().type().stringValue();
    sink.type(owner);
    switch (handle.kind()) {
      case GET_STATIC, PUT_STATIC -> sink.initialize(owner);
      case INVOKE_VIRTUAL, INVOKE_INTERFACE -> sink.callVirtual(owner, signature);
      case NEW_INVOKE_SPECIAL -> {
        sink.create(owner);
        sink.call(owner, signature);
      }
      default -> {
        if (handle.kind() > LAST_FIELD_KIND) {
          sink.call(owner, signature);
        }
      }
    }
  }
}
