package io.github.kameleoonservlet.kameleoon;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the variables of the variations of one data file, for the SDK reads those of the type
 * JSON anew at every call: it looks through all jars for a JSON provider, under their locks. Holds
 * no more than the data file does. Thread-safe.
 */
final class KnownVariables {

  private final @Nullable Object dataFile;
  private final Map<List<String>, Map<String, @Nullable Object>> known = new ConcurrentHashMap<>();

  private KnownVariables(@Nullable Object dataFile) {
    this.dataFile = dataFile;
  }

  static KnownVariables ofNoDataFile() {
    return new KnownVariables(null);
  }

  /** This one when it is that of the data file, else an empty one. */
  KnownVariables of(Object currentDataFile) {
    return dataFile == currentDataFile ? this : new KnownVariables(currentDataFile);
  }

  @Nullable Map<String, @Nullable Object> get(String featureKey, String variationKey) {
    return known.get(List.of(featureKey, variationKey));
  }

  void put(String featureKey, String variationKey, Map<String, @Nullable Object> variables) {
    known.put(List.of(featureKey, variationKey), variables);
  }
}
