package io.github.kameleoonservlet.internal.jmx;

import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration of a filter's MBean. Names no class of JMX, so that the class also loads in a
 * runtime without the module {@code java.management}. Thread-safe.
 */
public final class ManagementBean implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ManagementBean.class);

  private final @Nullable Registration registration;

  private ManagementBean(@Nullable Registration registration) {
    this.registration = registration;
  }

  /**
   * Registers the MBean of a filter. If this fails, logs one WARN, and the filter has no MBean.
   * Does not throw.
   *
   * @param context the context path, not empty
   * @param filter the name of the filter
   */
  public static ManagementBean register(
      String context, String filter, Statistics statistics, DecisionProvider platform) {
    try {
      return new ManagementBean(
          Registration.of(context, filter, new Visitors(statistics, platform)));
    } catch (Exception | LinkageError e) {
      LOG.warn(
          "Cannot register the MBean of the Kameleoon visitor filter ({}). The filter works without"
              + " the MBean.",
          e.toString());
      return new ManagementBean(null);
    }
  }

  /** Unregisters the MBean. Does not throw. */
  @Override
  public void close() {
    if (registration != null) {
      try {
        registration.end();
      } catch (Exception e) {
        LOG.warn(
            "Cannot unregister the MBean of the Kameleoon visitor filter ({}). The server may keep"
                + " the classes of the application.",
            e.toString());
      }
    }
  }
}
