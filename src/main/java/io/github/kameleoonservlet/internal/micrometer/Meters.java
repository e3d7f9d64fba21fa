package io.github.kameleoonservlet.internal.micrometer;

import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of a filter in Micrometer's global registry. Names no class of Micrometer, so that the
 * class also loads without Micrometer. Thread-safe.
 */
public final class Meters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
  private static final String MICROMETER = "io.micrometer.core.instrument.Metrics";

  private final @Nullable RegisteredMeters meters;

  private Meters(@Nullable RegisteredMeters meters) {
    this.meters = meters;
  }

  /**
   * Registers the meters of a filter, if the class loader of this library finds Micrometer. If the
   * registration fails, logs one WARN, and the filter has no meters. Does not throw.
   *
   * @param context the context path, not empty
   * @param filter the name of the filter
   */
  public static Meters register(
      String context, String filter, Statistics statistics, DecisionProvider platform) {
    try {
      Class.forName(MICROMETER, false, Meters.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return new Meters(null);
    }
    RegisteredMeters meters = null;
    try {
      meters = new RegisteredMeters(context, filter, statistics, platform);
      meters.register();
      return new Meters(meters);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn(
          "Cannot register the meters of the Kameleoon visitor filter with Micrometer ({}). The"
              + " filter works without them.",
          e.toString());
      Meters partly = new Meters(meters);
      partly.close();
      return partly;
    }
  }

  /** Removes the meters. Does not throw. */
  @Override
  public void close() {
    if (meters != null) {
      try {
        meters.remove();
      } catch (RuntimeException | LinkageError e) {
        LOG.warn(
            "Cannot remove the meters of the Kameleoon visitor filter from Micrometer ({}). The"
                + " server may keep the classes of the application.",
            e.toString());
      }
    }
  }
}
