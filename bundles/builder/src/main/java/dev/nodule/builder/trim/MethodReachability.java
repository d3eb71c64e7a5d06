package dev.nodule.builder.trim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The classes and methods of libraries that roots can reach, at the grain of a method.
 *
 * <ol>
 *   <li>MENTIONED is a class that code needs in order to be verified and linked: types, casts,
 *       caught exceptions. It stays with its place in the hierarchy.
 *   <li>INITIALIZED is one whose static members are used: its initializer runs.
 *   <li>LIVE is one of which there may be objects: it is created, implemented by a lambda, named by
 *       a constant or a text. A virtual call reaches the methods of the live classes below the type
 *       that it names, and Java's own code reaches all that override its methods.
 *   <li>HELD is a live class that code has as an object: all its constructors are reached, and its
 *       methods whose name is a text anywhere. Texts of a class that asks for members by name count
 *       for all live classes.
 * </ol>
 *
 * <p>Fields, native methods and what serialization, enumerations, annotations and management beans
 * are asked for by convention always stay with their classes.
 */
final class MethodReachability implements CodeReferences.Sink {
  private static final String INITIALIZER = "<clinit>()V";
  private static final String CONSTRUCTOR = "<init>";
  private static final Set<String> BY_CONVENTION =
      Set.of(
          "readObject",
          "writeObject",
          "readObjectNoData",
          "readResolve",
          "writeReplace",
          "readExternal",
          "writeExternal");
  private static final Pattern MANAGEMENT = Pattern.compile(".*MX?Bean");
  private static final Set<String> LOOKUPS =
      Set.of(
          "getMethod",
          "getDeclaredMethod",
          "getMethods",
          "getDeclaredMethods",
          "findVirtual",
          "findStatic",
          "findSpecial",
          "bind");

  private final NamedClasses named;
  private final CodeReferences references = new CodeReferences(this);
  private final Map<String, Optional<ClassShape>> shapes = new HashMap<>();
  private final Set<String> mentioned = new HashSet<>();
  private final Set<String> initialized = new HashSet<>();
  private final Set<String> live = new HashSet<>();
  private final Set<String> held = new HashSet<>();
  private final Map<String, Set<String>> kept = new HashMap<>();
  private final Map<String, Set<String>> called = new HashMap<>();
  private final Map<String, List<ClassShape>> liveBelow = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final Set<String> memberNames = new HashSet<>();
  private final Set<String> lookingUp = new HashSet<>();
  private final Map<String, List<Member>> membersOfHeld = new HashMap<>();
  private final Map<String, List<Member>> membersOfLive = new HashMap<>();
  private final ArrayDeque<Member> waiting = new ArrayDeque<>();
  private String scanned = "";

  private record Member(ClassShape shape, MethodModel method) {}

  MethodReachability(NamedClasses named) {
    this.named = named;
  }

  /** Reaches whole classes. */
  void reachAll(Collection<String> names) {
    for (String name : names) {
      ClassShape shape = shape(name);
      if (shape != null) {
        nameClass(name);
        shape.methods.values().forEach(method -> keep(shape, method));
        follow();
      }
    }
  }

  /** Reaches what native code names: classes, and of these the methods that it may look for. */
  void reachFromNative(Set<String> strings) {
    for (String text : strings) {
      named.text(
          text,
          name -> {
            nameClass(name);
            ClassShape shape = library(name);
            if (shape != null) {
              shape.methods.values().stream()
                  .filter(method -> strings.contains(method.methodName().stringValue()))
                  .forEach(method -> keep(shape, method));
            }
          });
    }
    follow();
  }

  boolean isUsed(String name) {
    return mentioned.contains(name);
  }

  /** The methods that a class keeps, as {@code name + descriptor}. */
  Set<String> methods(String name) {
    return kept.getOrDefault(name, Set.of());
  }

  private void follow() {
    for (Member next = waiting.poll(); next != null; next = waiting.poll()) {
      scanned = next.shape.name;
      next.method.code().ifPresent(references::read);
    }
  }

  /** A class of the libraries or of Java; null if it is neither. */
  private @Nullable ClassShape shape(String name) {
    Optional<ClassShape> known = shapes.get(name);
    if (known == null) {
      byte[] bytes = named.bytes.get(name);
      known =
          bytes != null
              ? Optional.of(ClassShape.of(bytes, false))
              : platformClass(name).map(found -> ClassShape.of(found, true));
      shapes.put(name, known);
    }
    return known.orElse(null);
  }

  private static Optional<byte[]> platformClass(String name) {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (InputStream in = platform.getResourceAsStream(name + ".class")) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable ClassShape library(String name) {
    return named.bytes.containsKey(name) ? shape(name) : null;
  }

  // Types.

  /** An internal name, an array type, a descriptor or a signature: mentions what it names. */
  @Override
  public void type(String name) {
    if (name.isEmpty()) {
      return;
    }
    if (name.indexOf(';') < 0 && name.charAt(0) != '[') {
      mention(name);
      return;
    }
    int length = name.length();
    int start = name.indexOf('L');
    while (start >= 0) {
      int end = start + 1;
      while (end < length && ";<".indexOf(name.charAt(end)) < 0) {
        end++;
      }
      mention(name.substring(start + 1, end));
      start = name.indexOf('L', end);
    }
  }

  private void mention(String name) {
    ClassShape shape = library(name);
    if (shape == null || !mentioned.add(name)) {
      return;
    }
    if (shape.superclass != null) {
      mention(shape.superclass);
    }
    shape.interfaces.forEach(this::mention);
    // Whose access rights it shares, and what reflection looks at for its simple name.
    shape
        .model
        .findAttribute(Attributes.nestHost())
        .ifPresent(host -> mention(host.nestHost().asInternalName()));
    shape
        .model
        .findAttribute(Attributes.enclosingMethod())
        .ifPresent(enclosing -> mention(enclosing.enclosingClass().asInternalName()));
    shape
        .model
        .findAttribute(Attributes.innerClasses())
        .ifPresent(
            inner ->
                inner.classes().stream()
                    .filter(info -> info.innerClass().asInternalName().equals(name))
                    .forEach(
                        info ->
                            info.outerClass().ifPresent(outer -> mention(outer.asInternalName()))));
    annotations(shape.model);
    if (shape.has(AccessFlag.ANNOTATION) || MANAGEMENT.matcher(name).matches()) {
      shape.methods.values().forEach(method -> keep(shape, method));
    }
  }

  /** Reflection reads all of them when it is asked for one. */
  private void annotations(AttributedElement element) {
    element
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(found -> found.annotations().forEach(this::annotation));
  }

  private void annotation(Annotation annotation) {
    type(annotation.className().stringValue());
    annotation.elements().forEach(element -> annotationValue(element.value()));
  }

  private void annotationValue(AnnotationValue value) {
    switch (value) {
      case AnnotationValue.OfClass type -> type(type.className().stringValue());
      case AnnotationValue.OfEnum constant -> initialize(plain(constant.className().stringValue()));
      case AnnotationValue.OfAnnotation nested -> annotation(nested.annotation());
      case AnnotationValue.OfArray array -> array.values().forEach(this::annotationValue);
      default -> {}
    }
  }

  /** The internal name in the descriptor of a class. */
  private static String plain(String descriptor) {
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }

  @Override
  public void initialize(String name) {
    ClassShape shape = library(name);
    if (shape == null) {
      return;
    }
    mention(name);
    if (!initialized.add(name)) {
      return;
    }
    if (shape.superclass != null) {
      initialize(shape.superclass);
    }
    shape.interfaces.forEach(this::initialize);
    for (FieldModel field : shape.model.fields()) {
      type(field.fieldType().stringValue());
      annotations(field);
    }
    shape
        .model
        .findAttribute(Attributes.signature())
        .ifPresent(signature -> type(signature.signature().stringValue()));
    boolean enumeration = shape.has(AccessFlag.ENUM);
    boolean record = shape.model.findAttribute(Attributes.record()).isPresent();
    for (MethodModel method : shape.methods.values()) {
      String simple = method.methodName().stringValue();
      if (ClassShape.signature(method).equals(INITIALIZER)
          || ClassShape.has(method, AccessFlag.NATIVE)
          || BY_CONVENTION.contains(simple)
          || (enumeration && (simple.equals("values") || simple.equals("valueOf")))
          || (record && method.methodType().stringValue().startsWith("()"))) {
        keep(shape, method);
      }
      membersOfLive
          .computeIfAbsent(simple, key -> new ArrayList<>())
          .add(new Member(shape, method));
      if (memberNames.contains(simple)) {
        keep(shape, method);
      }
    }
    named.use(name, this::nameClass);
  }

  /** There may be objects of this class. */
  @Override
  public void create(String name) {
    ClassShape shape = library(name);
    if (shape == null || !live.add(name)) {
      return;
    }
    initialize(name);
    Set<String> above = new LinkedHashSet<>();
    boolean known = collectSupertypes(name, above);
    for (String type : above) {
      liveBelow.computeIfAbsent(type, key -> new ArrayList<>()).add(shape);
      for (String signature : List.copyOf(called.getOrDefault(type, Set.of()))) {
        dispatch(shape, signature);
      }
      ClassShape supertype = shape(type);
      if (supertype != null && supertype.platform) {
        supertype.methods.forEach(
            (signature, method) -> {
              if (!ClassShape.has(method, AccessFlag.STATIC)
                  && !ClassShape.has(method, AccessFlag.PRIVATE)
                  && !signature.startsWith(CONSTRUCTOR)) {
                dispatch(shape, signature);
              }
            });
      }
    }
    if (!known) {
      // Below something that is not here to be looked at: whatever it declares may be overridden.
      shape.methods.values().forEach(method -> keep(shape, method));
    }
  }

  private boolean collectSupertypes(String name, Set<String> into) {
    ClassShape shape = shape(name);
    if (shape == null) {
      return false;
    }
    if (!into.add(name)) {
      return true;
    }
    boolean known = shape.superclass == null || collectSupertypes(shape.superclass, into);
    for (String type : shape.interfaces) {
      known &= collectSupertypes(type, into);
    }
    return known;
  }

  /** Code has this class in its hands. */
  @Override
  public void classConstant(String name) {
    if (name.startsWith("[")) {
      type(name);
    } else {
      nameClass(name);
    }
  }

  private void nameClass(String name) {
    ClassShape shape = library(name);
    if (shape == null) {
      return;
    }
    boolean first = held.add(name);
    create(name);
    if (!first) {
      return;
    }
    for (MethodModel method : shape.methods.values()) {
      String simple = method.methodName().stringValue();
      if (simple.equals(CONSTRUCTOR) || texts.contains(simple)) {
        keep(shape, method);
      }
      membersOfHeld
          .computeIfAbsent(simple, key -> new ArrayList<>())
          .add(new Member(shape, method));
    }
  }

  // Texts.

  @Override
  public void text(String text) {
    if (!texts.add(text)) {
      return;
    }
    named.text(text, this::nameClass);
    for (Member member : membersOfHeld.getOrDefault(text, List.of())) {
      keep(member.shape, member.method);
    }
  }

  private void memberName(String text) {
    if (memberNames.add(text)) {
      for (Member member : List.copyOf(membersOfLive.getOrDefault(text, List.of()))) {
        keep(member.shape, member.method);
      }
    }
  }

  // Calls.

  @Override
  public void call(String owner, String signature) {
    noteLookup(owner, signature);
    ClassShape shape = library(owner);
    if (shape == null) {
      return;
    }
    initialize(owner);
    Member target = find(shape, signature);
    if (target != null) {
      initialize(target.shape.name);
      keep(target.shape, target.method);
    }
  }

  @Override
  public void callVirtual(String owner, String signature) {
    noteLookup(owner, signature);
    if (owner.startsWith("[")
        || !called.computeIfAbsent(owner, key -> new HashSet<>()).add(signature)) {
      return;
    }
    ClassShape shape = shape(owner);
    if (shape == null || (shape.platform && shape.methods.containsKey(signature))) {
      // What overrides a method of Java's is reached as soon as it is live.
      return;
    }
    Member declared = find(shape, signature);
    if (declared != null) {
      keep(declared.shape, declared.method);
    }
    for (ClassShape below : List.copyOf(liveBelow.getOrDefault(owner, List.of()))) {
      dispatch(below, signature);
    }
  }

  /** A class that looks for members by name: its texts may be such names. */
  private void noteLookup(String owner, String signature) {
    if ((owner.equals("java/lang/Class") || owner.equals("java/lang/invoke/MethodHandles$Lookup"))
        && LOOKUPS.contains(signature.substring(0, signature.indexOf('(')))
        && lookingUp.add(scanned)) {
      ClassShape shape = shape(scanned);
      if (shape != null) {
        for (PoolEntry entry : shape.model.constantPool()) {
          if (entry instanceof StringEntry text) {
            memberName(text.stringValue());
          }
        }
      }
    }
  }

  @Override
  public void lambda(String type, String method, List<LoadableConstantEntry> arguments) {
    String returned = type.substring(type.indexOf(')') + 1);
    type(type);
    if (returned.startsWith("L")) {
      String functional = returned.substring(1, returned.length() - 1);
      create(functional);
      if (!arguments.isEmpty() && arguments.getFirst() instanceof MethodTypeEntry erased) {
        callVirtual(functional, method + erased.descriptor().stringValue());
      }
    }
    for (LoadableConstantEntry argument : arguments) {
      // Interfaces that mark a lambda.
      if (argument instanceof ClassEntry marker) {
        create(marker.asInternalName());
      }
    }
  }

  /** The declaration that a reference to a method resolves to. */
  private @Nullable Member find(ClassShape from, String signature) {
    for (ClassShape at = from; at != null; at = superclass(at)) {
      MethodModel method = at.methods.get(signature);
      if (method != null) {
        return at.platform ? null : new Member(at, method);
      }
    }
    Set<String> above = new LinkedHashSet<>();
    collectSupertypes(from.name, above);
    Member found = null;
    for (String type : above) {
      ClassShape shape = shape(type);
      MethodModel method = shape == null ? null : shape.methods.get(signature);
      if (shape != null && method != null && !shape.platform) {
        found = new Member(shape, method);
        if (!ClassShape.has(method, AccessFlag.ABSTRACT)) {
          return found;
        }
      }
    }
    return found;
  }

  private @Nullable ClassShape superclass(ClassShape shape) {
    return shape.superclass == null ? null : shape(shape.superclass);
  }

  /** Keeps what a virtual call of this method on an object of this class runs. */
  private void dispatch(ClassShape receiver, String signature) {
    for (ClassShape at = receiver; at != null; at = superclass(at)) {
      MethodModel method = at.methods.get(signature);
      if (method != null && !ClassShape.has(method, AccessFlag.STATIC)) {
        if (!at.platform) {
          keep(at, method);
        }
        if (!ClassShape.has(method, AccessFlag.ABSTRACT)) {
          return;
        }
      }
    }
    Set<String> above = new LinkedHashSet<>();
    collectSupertypes(receiver.name, above);
    for (String type : above) {
      ClassShape shape = shape(type);
      MethodModel method = shape == null ? null : shape.methods.get(signature);
      if (shape != null && method != null && !shape.platform && shape.has(AccessFlag.INTERFACE)) {
        keep(shape, method);
      }
    }
  }

  private void keep(ClassShape shape, MethodModel method) {
    if (shape.platform
        || !kept.computeIfAbsent(shape.name, key -> new HashSet<>())
            .add(ClassShape.signature(method))) {
      return;
    }
    mention(shape.name);
    type(method.methodType().stringValue());
    annotations(method);
    method
        .findAttribute(Attributes.exceptions())
        .ifPresent(
            exceptions ->
                exceptions.exceptions().forEach(thrown -> mention(thrown.asInternalName())));
    waiting.add(new Member(shape, method));
  }
}
