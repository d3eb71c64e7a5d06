package dev.nodule.engine;

import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.api.object.Property;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.BigInt;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.builtins.JSArrayBase;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSRegExpObject;
import com.oracle.truffle.js.runtime.objects.Accessor;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.Undefined;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached from a realm, as the graph of V8's heap snapshots: JavaScript's values, the
 * variables of closures, and Nodule's own Java objects as far as they keep such values. The sizes
 * are estimates: Java tells none.
 */
final class HeapGraph {
  // Positions in node_types[0] and edge_types[0] of the format.
  private static final int OBJECT = 3;
  private static final int STRING = 2;
  private static final int ARRAY = 1;
  private static final int CLOSURE = 5;
  private static final int REGEXP = 6;
  private static final int NATIVE = 8;
  private static final int SYNTHETIC = 9;
  private static final int SYMBOL = 12;
  private static final int BIGINT = 13;
  private static final int CONTEXT_EDGE = 0;
  private static final int ELEMENT_EDGE = 1;
  private static final int PROPERTY_EDGE = 2;
  private static final int INTERNAL_EDGE = 3;
  private static final int WEAK_EDGE = 6;

  private static final int NODE_FIELDS = 6;
  private static final int LONGEST_NAME = 1024;
  private static final int HEADER = 16;
  private static final int WORD = 8;

  /** Numbers of objects stay the same in later snapshots, which can be compared so. */
  private static final Map<Object, Integer> IDS =
      java.util.Collections.synchronizedMap(new java.util.WeakHashMap<>());

  private static int lastId = 1;

  private record Edge(int type, Object name, int target) {}

  private static final class HeapNode {
    final int type;
    final String name;
    long size;
    final List<Edge> edges = new ArrayList<>();

    HeapNode(int type, String name, long size) {
      this.type = type;
      this.name = name;
      this.size = size;
    }
  }

  private final Realm realm;
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private final List<HeapNode> nodes = new ArrayList<>();
  private final List<Object> objects = new ArrayList<>();
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final Map<Class<?>, List<Field>> fields = new HashMap<>();
  private final Map<String, Integer> strings = new LinkedHashMap<>();

  private HeapGraph(Realm realm) {
    this.realm = realm;
  }

  /** {@code walk(...roots)}: {@code {nodes, edges, nodeCount, edgeCount, strings}}. */
  static Object natives(Realm realm) {
    Object result = realm.newObject();
    realm
        .binding(result)
        .function(
            "walk",
            0,
            arguments -> {
              HeapGraph graph = new HeapGraph(realm);
              List<Object> roots = new ArrayList<>();
              for (int i = 0; i < arguments.length(); i++) {
                roots.add(arguments.value(i));
              }
              return graph.walk(roots);
            });
    return result;
  }

  private Object walk(List<Object> roots) {
    int root = add(new HeapNode(SYNTHETIC, "", 0), this);
    int collected = add(new HeapNode(SYNTHETIC, "(GC roots)", 0), waiting);
    nodes.get(root).edges.add(new Edge(ELEMENT_EDGE, 1, collected));
    link(root, ELEMENT_EDGE, 2, realm.global());
    link(collected, INTERNAL_EDGE, "(script scope)", realm.js.getGlobalScope());
    for (int i = 0; i < roots.size(); i++) {
      link(collected, ELEMENT_EDGE, i, roots.get(i));
    }
    // The loop's handles, callbacks that wait, and what modules keep in Java.
    link(collected, INTERNAL_EDGE, "(Nodule)", realm.scope);
    while (!waiting.isEmpty()) {
      int next = waiting.poll();
      expand(next, objects.get(next));
    }
    return result();
  }

  private int add(HeapNode node, Object object) {
    int number = nodes.size();
    nodes.add(node);
    objects.add(object);
    numbers.put(object, number);
    return number;
  }

  private void link(int from, int type, Object name, @Nullable Object value) {
    if (value == null) {
      return;
    }
    Integer known = numbers.get(value);
    if (known == null) {
      HeapNode node = node(value);
      if (node == null) {
        return;
      }
      known = add(node, value);
      waiting.add(known);
    }
    nodes.get(from).edges.add(new Edge(type, name, known));
  }

  private static @Nullable HeapNode node(Object value) {
    return switch (value) {
      case Undefined none -> null;
      case Null none -> null;
      case TruffleString text -> {
        String whole = text.toJavaStringUncached();
        long size = HEADER + WORD + text.byteLength(TruffleString.Encoding.UTF_16);
        yield new HeapNode(STRING, cut(whole), size);
      }
      case Symbol symbol ->
          new HeapNode(SYMBOL, cut(String.valueOf(symbol.getDescription())), HEADER);
      case BigInt number -> new HeapNode(BIGINT, "bigint", HEADER + WORD);
      case JSFunctionObject function ->
          new HeapNode(
              CLOSURE, cut(JSFunction.getName(function).toJavaStringUncached()), size(function));
      case JSRegExpObject expression -> new HeapNode(REGEXP, "RegExp", size(expression));
      case JSObject object -> new HeapNode(OBJECT, nameOf(object), size(object));
      case Frame frame ->
          new HeapNode(
              OBJECT,
              "system / Context",
              HEADER + (long) WORD * frame.getFrameDescriptor().getNumberOfSlots());
      case Accessor accessor -> new HeapNode(OBJECT, "system / AccessorPair", HEADER);
      case Object[] array ->
          new HeapNode(ARRAY, "(object elements)", HEADER + (long) WORD * array.length);
      default ->
          isOurs(value)
              ? new HeapNode(NATIVE, "Java / " + value.getClass().getName(), HEADER)
              : null;
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
  }

  private static String nameOf(JSObject object) {
    if (JSProxy.isJSProxy(object)) {
      return "Proxy";
    }
    try {
      return cut(JSRuntime.getConstructorName(object).toJavaStringUncached());
    } catch (RuntimeException e) {
      return "Object";
    }
  }

  private static long size(JSObject object) {
    long size = HEADER + WORD + (long) WORD * object.getShape().getPropertyCount();
    if (object instanceof JSArrayBase array && !(array.getArray() instanceof Object[])) {
      size += primitiveArray(array.getArray());
    }
    if (object instanceof JSArrayBufferObject buffer) {
      size += Math.max(0, buffer.getByteLength());
    }
    return size;
  }

  private static long primitiveArray(@Nullable Object array) {
    return switch (array) {
      case int[] numbers -> 4L * numbers.length;
      case double[] numbers -> 8L * numbers.length;
      case byte[] bytes -> bytes.length;
      case null, default -> 0;
    };
  }

  /** Java objects that are looked into: our own, and the JDK's that hold others. */
  private static boolean isOurs(Object value) {
    return value instanceof Map<?, ?>
        || value instanceof Collection<?>
        || value instanceof Reference<?>
        || value instanceof AtomicReference<?>
        || value instanceof Optional<?>
        || value.getClass().getName().startsWith("dev.nodule.") && !(value instanceof HeapGraph)
        || value.getClass().getName().startsWith("com.oracle.truffle.js.runtime.objects.Promise")
        || value.getClass().getName().startsWith("com.oracle.truffle.js.runtime.util.JSHashMap");
  }

  private void expand(int number, Object value) {
    switch (value) {
      case JSObject object -> expandObject(number, object);
      case Frame frame -> expandFrame(number, frame);
      case Accessor accessor -> {
        link(number, PROPERTY_EDGE, "get", accessor.getGetter());
        link(number, PROPERTY_EDGE, "set", accessor.getSetter());
      }
      case Object[] array -> {
        for (int i = 0; i < array.length; i++) {
          link(number, ELEMENT_EDGE, i, array[i]);
        }
      }
      case Map<?, ?> map -> elements(number, List.copyOf(entries(map)));
      case Collection<?> collection -> elements(number, copy(collection));
      case Reference<?> reference -> link(number, WEAK_EDGE, "referent", reference.get());
      case AtomicReference<?> reference -> link(number, INTERNAL_EDGE, "value", reference.get());
      case Optional<?> optional -> link(number, INTERNAL_EDGE, "value", optional.orElse(null));
      case TruffleString text -> {
        // Has no parts that count.
      }
      default -> expandFields(number, value, Object.class);
    }
  }

  private static List<Object> entries(Map<?, ?> map) {
    List<Object> found = new ArrayList<>();
    try {
      map.forEach(
          (key, value) -> {
            if (key != null) {
              found.add(key);
            }
            if (value != null) {
              found.add(value);
            }
          });
    } catch (RuntimeException e) {
      // Somebody changes it meanwhile.
    }
    return found;
  }

  private static List<Object> copy(Collection<?> collection) {
    try {
      List<Object> found = new ArrayList<>();
      for (Object each : collection) {
        if (each != null) {
          found.add(each);
        }
      }
      return found;
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  private void elements(int number, List<Object> values) {
    nodes.get(number).size += (long) WORD * values.size();
    for (int i = 0; i < values.size(); i++) {
      link(number, ELEMENT_EDGE, i, values.get(i));
    }
  }

  private void expandObject(int number, JSObject object) {
    if (JSProxy.isJSProxy(object)) {
      link(number, INTERNAL_EDGE, "target", JSProxy.getTarget(object));
      link(number, INTERNAL_EDGE, "handler", JSProxy.getHandler(object));
      return;
    }
    JSDynamicObject prototype = JSObject.getPrototype(object);
    link(number, PROPERTY_EDGE, "__proto__", prototype);
    for (Property property : object.getShape().getPropertyList()) {
      Object key = property.getKey();
      Object value = JSDynamicObject.getOrNull(object, key);
      if (key instanceof HiddenKey hidden) {
        link(number, INTERNAL_EDGE, hidden.getName(), value);
      } else {
        link(number, PROPERTY_EDGE, cut(String.valueOf(key)), value);
      }
    }
    if (object instanceof JSFunctionObject function) {
      link(number, INTERNAL_EDGE, "context", function.getEnclosingFrame());
    }
    if (object instanceof JSArrayBase array && array.getArray() instanceof Object[] elements) {
      nodes.get(number).size += (long) WORD * elements.length;
      for (int i = 0; i < elements.length; i++) {
        link(number, ELEMENT_EDGE, i, elements[i]);
      }
    }
    // Contents of maps, sets, promises and the like are fields of their classes.
    expandFields(number, object, JSObject.class);
  }

  private void expandFrame(int number, Frame frame) {
    FrameDescriptor descriptor = frame.getFrameDescriptor();
    for (int i = 0; i < descriptor.getNumberOfSlots(); i++) {
      if (frame.isObject(i)) {
        Object name = descriptor.getSlotName(i);
        link(number, CONTEXT_EDGE, cut(String.valueOf(name)), frame.getObject(i));
      }
    }
    Object[] arguments = frame.getArguments();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof Frame parent) {
        link(number, INTERNAL_EDGE, "previous", parent);
      } else {
        link(
            number,
            INTERNAL_EDGE,
            i == 0 ? "this" : i == 1 ? "function" : "argument",
            arguments[i]);
      }
    }
  }

  private void expandFields(int number, Object value, Class<?> end) {
    for (Field field : fieldsOf(value.getClass(), end)) {
      try {
        Object found = field.get(value);
        if (found instanceof JSDynamicObject
            || found != null && (isOurs(found) || found instanceof Object[])) {
          link(number, INTERNAL_EDGE, field.getName(), found);
        }
      } catch (IllegalAccessException e) {
        // Not for us.
      }
    }
  }

  private List<Field> fieldsOf(Class<?> type, Class<?> end) {
    return fields.computeIfAbsent(
        type,
        each -> {
          List<Field> found = new ArrayList<>();
          for (Class<?> c = each; c != null && c != end; c = c.getSuperclass()) {
            if (c.getName().startsWith("java.")) {
              break;
            }
            for (Field field : c.getDeclaredFields()) {
              if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                try {
                  field.setAccessible(true);
                  found.add(field);
                } catch (InaccessibleObjectException e) {
                  // Of a module that shows nothing.
                }
              }
            }
          }
          return found;
        });
  }

  private int string(String text) {
    return strings.computeIfAbsent(text, each -> strings.size());
  }

  private static int nextId() {
    lastId += 2;
    return lastId;
  }

  private static int id(Object object) {
    return IDS.computeIfAbsent(object, each -> nextId());
  }

  private Object result() {
    StringBuilder nodeNumbers = new StringBuilder();
    StringBuilder edgeNumbers = new StringBuilder();
    int edgeCount = 0;
    for (int i = 0; i < nodes.size(); i++) {
      HeapNode node = nodes.get(i);
      nodeNumbers.append(i == 0 ? "" : ",\n");
      nodeNumbers.append(node.type).append(',').append(string(node.name)).append(',');
      Object object = objects.get(i);
      boolean identity = object instanceof JSObject || object instanceof Frame;
      nodeNumbers.append(identity ? id(object) : nextId()).append(',');
      nodeNumbers.append(node.size).append(',').append(node.edges.size()).append(",0");
      for (Edge edge : node.edges) {
        edgeNumbers.append(edgeCount++ == 0 ? "" : ",\n").append(edge.type).append(',');
        int name = edge.name instanceof Integer index ? index : string((String) edge.name);
        edgeNumbers.append(name);
        edgeNumbers.append(',').append(edge.target * NODE_FIELDS);
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("nodes", nodeNumbers.toString());
    result.put("edges", edgeNumbers.toString());
    result.put("nodeCount", nodes.size());
    result.put("edgeCount", edgeCount);
    result.put("strings", new ArrayList<>(strings.keySet()));
    return realm.values.toJavaScript(result);
  }
}
