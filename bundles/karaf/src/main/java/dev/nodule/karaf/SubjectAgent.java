package dev.nodule.karaf;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Lets Karaf 4.4 run on Java 24 and newer, as a Java agent. Its shell and its event admin ask
 * {@code Subject.getSubject}, which always throws there, and count on threads that inherit their
 * starter's subject. {@link InheritedSubject} gives both back.
 */
public final class SubjectAgent implements ClassFileTransformer {
  private static final String SUBJECT_NAME = "javax/security/auth/Subject";
  private static final String HELPER_NAME = "org/apache/karaf/util/jaas/JaasHelper";
  private static final ClassDesc SUBJECT = ClassDesc.of("javax.security.auth.Subject");
  private static final ClassDesc CALLABLE = ClassDesc.of("java.util.concurrent.Callable");
  private static final ClassDesc INHERITED = ClassDesc.of("dev.nodule.karaf.InheritedSubject");

  private SubjectAgent() {}

  /** Called by the JVM before Karaf's own main. */
  public static void premain(String arguments, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    SubjectAgent agent = new SubjectAgent();
    instrumentation.addTransformer(agent, true);
    instrumentation.retransformClasses(Subject.class);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    // By name: it may be this class that is being loaded.
    if (!SUBJECT_NAME.equals(name) && !HELPER_NAME.equals(name)) {
      return null;
    }
    ClassFile classes = ClassFile.of();
    return classes.transformClass(
        classes.parse(bytes),
        (builder, element) -> {
          CodeTransform change = element instanceof MethodModel method ? change(method) : null;
          if (change == null) {
            builder.with(element);
          } else {
            builder.transformMethod(
                (MethodModel) element, MethodTransform.transformingCode(change));
          }
        });
  }

  private static @Nullable CodeTransform change(MethodModel method) {
    return switch (method.methodName().stringValue()) {
      case "getSubject" -> new Answer();
      case "callAs" -> new PassOn();
      // Karaf's own, which puts the subject into an AccessControlContext that nobody asks any more.
      case "doAs" ->
          method.parent().orElseThrow().thisClass().asInternalName().equals(HELPER_NAME)
              ? new DoAs(method.methodTypeSymbol())
              : null;
      default -> null;
    };
  }

  /** The whole body: {@code return InheritedSubject.get()}. */
  private static final class Answer implements CodeTransform {
    @Override
    public void atStart(CodeBuilder builder) {
      builder.invokestatic(INHERITED, "get", MethodTypeDesc.of(SUBJECT)).areturn();
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      // Nothing of the old body stays.
    }
  }

  /** The whole body: {@code return Subject.doAs(subject, action)}. */
  private record DoAs(MethodTypeDesc type) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder builder) {
      builder.aload(0).aload(1).invokestatic(SUBJECT, "doAs", type).areturn();
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      // Nothing of the old body stays.
    }
  }

  /** Before the body: {@code action = InheritedSubject.passedOn(subject, action)}. */
  private static final class PassOn implements CodeTransform {
    @Override
    public void atStart(CodeBuilder builder) {
      builder
          .aload(0)
          .aload(1)
          .invokestatic(INHERITED, "passedOn", MethodTypeDesc.of(CALLABLE, SUBJECT, CALLABLE))
          .astore(1);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      builder.with(element);
    }
  }
}
