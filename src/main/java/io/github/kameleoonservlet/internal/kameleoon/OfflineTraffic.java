package io.github.kameleoonservlet.internal.kameleoon;

import java.util.List;

/** The tracking events that an SDK with a local data file does not send. Thread-safe. */
public interface OfflineTraffic {

  /** The maximum number of kept lines. Further lines replace the oldest ones. */
  int LINES_KEPT = 1_000;

  /**
   * Returns the last tracking lines in their order, with one event per line, for example {@code
   * eventType=experiment&id=2101&variationId=3101&nonce=…&visitorCode=…}. The SDK writes the lines
   * once per tracking interval, at most one second after the event.
   */
  List<String> sentLines();
}
