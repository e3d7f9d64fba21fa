package io.github.kameleoonservlet.internal.kameleoon;

import java.util.List;

/** Shows what the SDK would have sent, had it not been offline. Thread-safe. */
public interface OfflineTraffic {

  /** How many lines are kept. */
  int LINES_KEPT = 1_000;

  /**
   * The last tracking lines in the order of sending, one event a line, for example {@code
   * eventType=experiment&id=2101&variationId=3101&nonce=…&visitorCode=…}. The SDK sends once per
   * tracking interval, at most a second after the event.
   */
  List<String> sentLines();
}
