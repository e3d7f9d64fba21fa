package io.github.kameleoonservlet.internal.source;

import io.github.kameleoonservlet.internal.http.IncomingRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The custom data of each request. Immutable and thread-safe.
 *
 * @param sources where each custom datum is read from, by its index or name
 */
public record CustomDataValues(Map<String, RequestValue> sources) {

  static final CustomDataValues NONE = new CustomDataValues(Map.of());

  /** Returns the index or name of each custom datum that has a setting. */
  Set<String> data() {
    return Set.copyOf(sources.keySet());
  }

  /** Returns the values of a request by index or name, without those that are missing. */
  public Map<String, List<String>> values(IncomingRequest request) {
    if (sources.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    sources.forEach(
        (datum, source) -> {
          List<String> read = source.read(request);
          if (!read.isEmpty()) {
            values.put(datum, read);
          }
        });
    // Keeps the order of the settings, so that all servers decide in the same way.
    return Collections.unmodifiableMap(values);
  }
}
