package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.decision.Variation;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides a feature when, and only when, {@code get} asks for it. */
final class LazyVariations extends AbstractMap<String, Variation> {

  private final Function<String, Variation> decide;
  private final Supplier<Map<String, Variation>> decided;

  /**
   * Takes the source of variations.
   *
   * @param decide decides a feature, the same one at every call
   * @param decided the variations decided so far
   */
  LazyVariations(Function<String, Variation> decide, Supplier<Map<String, Variation>> decided) {
    this.decide = decide;
    this.decided = decided;
  }

  @Override
  public @Nullable Variation get(@Nullable Object featureKey) {
    return featureKey == null ? null : decide.apply(featureKey.toString());
  }

  @Override
  public @Nullable Variation getOrDefault(
      @Nullable Object featureKey, @Nullable Variation defaultValue) {
    return featureKey == null ? defaultValue : get(featureKey);
  }

  @Override
  public Set<Entry<String, Variation>> entrySet() {
    return Map.copyOf(decided.get()).entrySet();
  }
}
