package dev.nodule.core.osgi;

import dev.nodule.api.JavaScript;
import dev.nodule.api.NodeException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Results of services as a binding gives them to JavaScript: values as in JSON, bytes as a Buffer.
 * JavaScript never holds an object of Java's.
 */
final class ResultConverter {
  private static final int MAXIMUM_DEPTH = 64;
  private final JavaScript javaScript;

  ResultConverter(JavaScript javaScript) {
    this.javaScript = javaScript;
  }

  Object of(@Nullable Object value) {
    return of(value, 0);
  }

  private Object of(@Nullable Object value, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw new NodeException(
          "ERR_OSGI_RESULT", "A result of the service is too deep, or contains itself");
    }
    return switch (value) {
      case null -> javaScript.nullValue();
      case String text -> text;
      case Boolean bool -> bool;
      case Character character -> character.toString();
      case Integer number -> number;
      case Short number -> number.intValue();
      case Byte number -> number.intValue();
      case Long number -> number;
      case BigInteger number -> number;
      case BigDecimal number -> number.doubleValue();
      case Number number -> number.doubleValue();
      case byte[] bytes -> bytes.clone();
      case Optional<?> optional -> of(optional.orElse(null), depth);
      case Enum<?> constant -> constant.name();
      case Date date -> date.toInstant().toString();
      case Map<?, ?> map -> object(map, depth);
      case Collection<?> collection -> list(collection, depth);
      case Record record -> record(record, depth);
      default -> value.getClass().isArray() ? array(value, depth) : bean(value, depth);
    };
  }

  private Map<String, Object> object(Map<?, ?> map, int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, entry) -> object.put(String.valueOf(key), of(entry, depth + 1)));
    return object;
  }

  private List<Object> list(Collection<?> collection, int depth) {
    List<Object> list = new ArrayList<>();
    for (Object element : collection) {
      list.add(of(element, depth + 1));
    }
    return list;
  }

  private List<Object> array(Object array, int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      list.add(of(Array.get(array, i), depth + 1));
    }
    return list;
  }

  private Map<String, Object> record(Record record, int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      object.put(component.getName(), of(read(component.getAccessor(), record), depth + 1));
    }
    return object;
  }

  /** Public fields, as DTOs have them, or the getters of a bean; else its text. */
  private Object bean(Object value, int depth) {
    if (value.getClass().getName().startsWith("java.")) {
      return value.toString();
    }
    Map<String, Object> object = new LinkedHashMap<>();
    try {
      for (Field field : value.getClass().getFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          object.put(field.getName(), of(field.get(value), depth + 1));
        }
      }
    } catch (IllegalAccessException e) {
      // A class that is not public shows no fields.
    }
    for (Method method : value.getClass().getMethods()) {
      String property = property(method);
      if (property != null) {
        object.put(property, of(read(method, value), depth + 1));
      }
    }
    return object.isEmpty() ? value.toString() : object;
  }

  private static @Nullable String property(Method method) {
    if (method.getParameterCount() > 0
        || Modifier.isStatic(method.getModifiers())
        || method.getDeclaringClass() == Object.class
        || method.getReturnType() == void.class) {
      return null;
    }
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
    if (prefix == 0 || name.length() == prefix || !Character.isUpperCase(name.charAt(prefix))) {
      return null;
    }
    return Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
  }

  private static @Nullable Object read(Method accessor, Object value) {
    try {
      accessor.trySetAccessible();
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new NodeException("ERR_OSGI_RESULT", accessor.getName() + " failed: " + cause);
    }
  }
}
