package dev.nodule.engine;

import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.builtins.JSCollectionIteratorObject;
import com.oracle.truffle.js.runtime.builtins.JSMapIteratorObject;
import com.oracle.truffle.js.runtime.builtins.JSMapObject;
import com.oracle.truffle.js.runtime.builtins.JSSetObject;
import com.oracle.truffle.js.runtime.util.JSHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries that a collection or its iterator still has, without moving the iterator. */
final class CollectionPreview {
  private CollectionPreview() {}

  static @Nullable Object of(Realm realm, Object value) {
    return switch (value) {
      case JSMapObject map -> preview(entries(map.getMap().getEntries(), true, true), true);
      case JSSetObject set -> preview(entries(set.getMap().getEntries(), true, false), false);
      case JSCollectionIteratorObject iterator -> ofIterator(iterator);
      case null, default -> null;
    };
  }

  private static @Nullable Object ofIterator(JSCollectionIteratorObject iterator) {
    JSHashMap.Cursor cursor = iterator.getNextIndex();
    int kind = iterator.getIterationKind();
    boolean map = iterator instanceof JSMapIteratorObject;
    boolean pairs = kind == JSRuntime.ITERATION_KIND_KEY_PLUS_VALUE;
    if (iterator.getIteratedObject() == com.oracle.truffle.js.runtime.objects.Undefined.instance) {
      return preview(List.of(), pairs);
    }
    boolean keys = pairs || !map || kind == JSRuntime.ITERATION_KIND_KEY;
    boolean values = pairs || (map && kind == JSRuntime.ITERATION_KIND_VALUE);
    return preview(entries(cursor.copy(), keys, values, !map && pairs), pairs);
  }

  private static List<Object> entries(JSHashMap.Cursor cursor, boolean keys, boolean values) {
    return entries(cursor, keys, values, false);
  }

  private static List<Object> entries(
      JSHashMap.Cursor cursor, boolean keys, boolean values, boolean keyTwice) {
    List<Object> entries = new ArrayList<>();
    while (cursor.advance()) {
      if (keys) {
        entries.add(cursor.getKey());
      }
      if (values) {
        entries.add(keyTwice ? cursor.getKey() : cursor.getValue());
      }
    }
    return entries;
  }

  private static Map<String, Object> preview(List<Object> entries, boolean isKeyValue) {
    return Map.of("entries", entries, "isKeyValue", isKeyValue);
  }
}
