package io.github.kameleoonservlet.internal.visitor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@code HashMap} by type only, which stores nothing. Every method that changes a map throws
 * {@code UnsupportedOperationException}; subclasses implement the other methods.
 */
abstract class ReadOnlyHashMap<K, V> extends HashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("this map is read-only");
  }

  @Override
  public final V put(K key, V value) {
    throw refused();
  }

  @Override
  public final void putAll(Map<? extends K, ? extends V> other) {
    throw refused();
  }

  @Override
  public final V putIfAbsent(K key, V value) {
    throw refused();
  }

  @Override
  public final V remove(@Nullable Object key) {
    throw refused();
  }

  @Override
  public final boolean remove(@Nullable Object key, @Nullable Object value) {
    throw refused();
  }

  @Override
  public final void clear() {
    throw refused();
  }

  @Override
  public final V replace(K key, V value) {
    throw refused();
  }

  @Override
  public final boolean replace(K key, V oldValue, V newValue) {
    throw refused();
  }

  @Override
  public final void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    throw refused();
  }

  @Override
  public final V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    throw refused();
  }

  @Override
  public final V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw refused();
  }

  @Override
  public final V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    throw refused();
  }

  @Override
  public final V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    throw refused();
  }
}
