package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The map of the variations by feature key. Decides a feature only when the page calls {@code get}
 * or reads the variation of an entry.
 *
 * <p>{@code get} returns a variation for every text. So the map contains every text and is never
 * empty, even before the data file has arrived: template engines check before they read, and some
 * fail the page if a key is missing. Keys, entries and size are those of the data file's features.
 * Serialized, the map has the variations decided so far.
 *
 * <p>The class extends {@code HashMap} because FreeMarker with its default settings, which Spring
 * uses, copies every map before a read. FreeMarker copies a {@code HashMap} by {@code clone}, which
 * here returns the same map, and other maps entry by entry.
 */
final class LazyVariations extends ReadOnlyHashMap<String, Variation> {

  private static final long serialVersionUID = 1L;

  private final transient VariationSource source;

  /** Creates the map of a source's variations. */
  LazyVariations(VariationSource source) {
    this.source = source;
  }

  private Object writeReplace() {
    return new VariationsSnapshot(source.decidedSoFar());
  }

  /** Returns the variations decided so far; decides nothing. */
  Map<String, Variation> decidedSoFar() {
    return source.decidedSoFar();
  }

  @Override
  public @Nullable Variation get(@Nullable Object featureKey) {
    return featureKey == null ? null : source.decide(featureKey.toString());
  }

  @Override
  public @Nullable Variation getOrDefault(
      @Nullable Object featureKey, @Nullable Variation defaultValue) {
    return featureKey == null ? defaultValue : get(featureKey);
  }

  @Override
  public boolean containsKey(@Nullable Object featureKey) {
    return featureKey != null;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public int size() {
    return source.featureKeys().size();
  }

  /** Returns the features that the data file has at the time of the call, sorted. */
  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(new TreeSet<>(source.featureKeys()));
  }

  @Override
  public Collection<Variation> values() {
    return lazy().values();
  }

  @Override
  public Set<Map.Entry<String, Variation>> entrySet() {
    return lazy().entrySet();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Variation> action) {
    lazy().forEach(action);
  }

  private Map<String, Variation> lazy() {
    Map<String, Variation> entries = new TreeMap<>();
    for (String featureKey : source.featureKeys()) {
      entries.put(featureKey, new LazyVariation(featureKey, source));
    }
    return Collections.unmodifiableMap(entries);
  }

  /** Returns this map, which nothing can change. */
  @Override
  public Object clone() {
    return this;
  }

  /** Returns the feature keys, and decides nothing. */
  @Override
  public String toString() {
    return lazy().toString();
  }

  /** Compares by identity, because comparing the variations would decide them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
