package io.github.kameleoonservlet.internal.statistics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** A value for each constant of an enum. */
final class PerConstant {

  private PerConstant() {}

  /** Returns an unmodifiable map with a value for every constant. Threads may read the map. */
  static <K extends Enum<K>, V> Map<K, V> of(Class<K> type, Function<K, V> value) {
    Map<K, V> values = new EnumMap<>(type);
    for (K constant : type.getEnumConstants()) {
      values.put(constant, value.apply(constant));
    }
    return Collections.unmodifiableMap(values);
  }

  /** Returns the value of a constant. */
  static <K extends Enum<K>, V> V at(Map<K, V> values, K constant) {
    V value = values.get(constant);
    if (value == null) {
      throw new IllegalArgumentException("a map of another enum");
    }
    return value;
  }
}
