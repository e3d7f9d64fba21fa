package io.github.kameleoonservlet.decision;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The copy of variables as unmodifiable values that a session store can serialize. Pure functions.
 */
final class PlainValues {

  private PlainValues() {}

  /**
   * Returns an unmodifiable copy of a map, and of the maps and collections in it. A value that is
   * not serializable becomes its text.
   */
  static Map<String, @Nullable Object> copy(Map<?, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    values.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    if (value instanceof Collection<?> collection) {
      List<@Nullable Object> copy = new ArrayList<>(collection.size());
      collection.forEach(element -> copy.add(copy((Object) element)));
      return Collections.unmodifiableList(copy);
    }
    return value == null || value instanceof Serializable ? value : value.toString();
  }
}
