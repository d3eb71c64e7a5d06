package dev.nodule.core.osgi;

import dev.nodule.api.NodeException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.util.converter.ConversionException;
import org.osgi.util.converter.Converter;
import org.osgi.util.converter.Converters;

/** The methods of a service's interface, and which of them a call from JavaScript means. */
final class ServiceMethods {
  private static final Converter CONVERTER = Converters.standardConverter();

  /** A method and the arguments in its types. */
  record Call(Method method, @Nullable Object[] arguments) {}

  private ServiceMethods() {}

  /** The type of that name that the implementation has. */
  static Class<?> type(Class<?> implementation, String name) {
    Class<?> found = find(implementation, name);
    // A service may be registered under a name that its bundle alone understands.
    return found == null ? implementation : found;
  }

  private static @Nullable Class<?> find(@Nullable Class<?> type, String name) {
    if (type == null || type.getName().equals(name)) {
      return type;
    }
    for (Class<?> parent : type.getInterfaces()) {
      Class<?> found = find(parent, name);
      if (found != null) {
        return found;
      }
    }
    return find(type.getSuperclass(), name);
  }

  static Object[] names(Class<?> type) {
    return methods(type).map(Method::getName).distinct().sorted().toArray();
  }

  private static java.util.stream.Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
        .filter(method -> method.getDeclaringClass() != Object.class);
  }

  /** The method that takes these values with the least change of their kinds. */
  static Call choose(Class<?> type, String name, List<@Nullable Object> values) {
    List<Method> candidates =
        methods(type)
            .filter(method -> method.getName().equals(name))
            .filter(method -> method.getParameterCount() == values.size())
            .sorted((a, b) -> Integer.compare(distance(a, values), distance(b, values)))
            .toList();
    if (candidates.isEmpty()) {
      throw new NodeException(
          NodeException.Kind.TYPE_ERROR,
          "ERR_OSGI_METHOD",
          type.getName()
              + " has no method "
              + name
              + " with "
              + values.size()
              + (values.size() == 1 ? " argument" : " arguments"));
    }
    RuntimeException first = null;
    for (Method candidate : candidates) {
      try {
        Call call = new Call(candidate, convert(candidate, values));
        candidate.trySetAccessible();
        return call;
      } catch (ConversionException | IllegalArgumentException e) {
        first = first == null ? e : first;
      }
    }
    throw new NodeException(
        NodeException.Kind.TYPE_ERROR,
        "ERR_OSGI_METHOD",
        "The arguments do not fit "
            + candidates.getFirst().toGenericString()
            + (first == null ? "" : ": " + first.getMessage()));
  }

  private static @Nullable Object[] convert(Method method, List<@Nullable Object> values) {
    Type[] types = method.getGenericParameterTypes();
    @Nullable Object[] converted = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Object value = values.get(i);
      Class<?> raw = method.getParameterTypes()[i];
      if (value == null ? !raw.isPrimitive() : raw == Object.class || raw == value.getClass()) {
        converted[i] = value;
      } else {
        converted[i] = CONVERTER.convert(value).to(types[i]);
      }
    }
    return converted;
  }

  /** 0 where all kinds are as they are in JavaScript; more for each that has to change. */
  private static int distance(Method method, List<@Nullable Object> values) {
    int distance = 0;
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      Object value = values.get(i);
      if (types[i] == Object.class) {
        distance += 1;
      } else if (value != null && !fits(types[i], value)) {
        distance += 10;
      } else if (value instanceof Double number) {
        distance += numberDistance(types[i], number);
      }
    }
    return distance;
  }

  private static int numberDistance(Class<?> type, double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE;
    boolean integral = type == int.class || type == Integer.class;
    boolean wide = type == long.class || type == Long.class;
    boolean real = type == double.class || type == Double.class;
    if (whole) {
      return integral ? 0 : wide ? 1 : real ? 2 : 3;
    }
    return real ? 0 : integral || wide ? 5 : 3;
  }

  private static boolean fits(Class<?> type, Object value) {
    return switch (value) {
      case String s -> type.isAssignableFrom(String.class) || type.isEnum();
      case Boolean b -> type == boolean.class || type == Boolean.class;
      case byte[] bytes -> type == byte[].class;
      case Number n ->
          Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class);
      case Map<?, ?> map ->
          !type.isPrimitive()
              && !type.isArray()
              && type != String.class
              && !Collection.class.isAssignableFrom(type);
      case Collection<?> list -> type.isArray() || Iterable.class.isAssignableFrom(type);
      default -> false;
    };
  }
}
