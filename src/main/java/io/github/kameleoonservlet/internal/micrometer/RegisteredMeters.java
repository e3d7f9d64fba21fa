package io.github.kameleoonservlet.internal.micrometer;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Operation;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Result;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one filter. Every meter reads the counts of the filter when the registry publishes,
 * so that requests do not call Micrometer. Only the first decision of a feature, and the first
 * response of the platform with a status, register a meter.
 *
 * <p>Thread-safe. The values of all tags are bounded, because the counts are; no tag contains a
 * code or a user.
 */
final class RegisteredMeters {

  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
  private static final String REQUESTS = "kameleoon.visitor.requests";

  private final MeterRegistry registry = Metrics.globalRegistry;
  private final Statistics statistics;
  private final DecisionProvider platform;
  private final Tags filter;
  private final List<Meter> meters = new ArrayList<>();
  private boolean removed;

  RegisteredMeters(
      String context, String filter, Statistics statistics, DecisionProvider platform) {
    this.statistics = statistics;
    this.platform = platform;
    this.filter = free(context, filter);
  }

  /**
   * Returns tags that no other filter has: in a parallel deployment, or in another virtual host, an
   * application may have the same context path.
   */
  private Tags free(String context, String name) {
    Tags tags = Tags.of("context", context, "filter", name);
    for (int number = 2; registry.find(REQUESTS).tags(tags).meter() != null; number++) {
      tags = Tags.of("context", context + "#" + number, "filter", name);
    }
    return tags;
  }

  void register() {
    for (Outcome outcome : Outcome.values()) {
      counter(
          REQUESTS,
          "Requests by outcome",
          counted -> counted.requests().total(outcome),
          tag("outcome", outcome));
    }
    for (Operation operation : Operation.values()) {
      for (Result result : Result.values()) {
        timer(operation, result);
      }
    }
    gauge("kameleoon.events.pending", "Events that are not sent yet", null, this::pending);
    gauge("kameleoon.datafile.age", "Age of the data file", "seconds", this::age);
    statistics.decisions().forEachFeature(feature -> onRequest(() -> decisions(feature)));
    statistics
        .platform()
        .forEachStatus((type, status) -> onRequest(() -> platformRequests(type, status)));
  }

  /** Registers meters on the thread of a request, which must not fail. */
  private static void onRequest(Runnable registration) {
    try {
      registration.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("Cannot register a meter with Micrometer ({}).", e.toString());
    }
  }

  private void decisions(String feature) {
    for (Reason reason : Reason.values()) {
      counter(
          "kameleoon.decisions",
          "Decisions that pages and the API read",
          counted -> counted.decisions().count(feature, reason),
          Tag.of("feature", feature),
          tag("reason", reason));
    }
  }

  private void platformRequests(PlatformCounts.Type type, int status) {
    counter(
        "kameleoon.platform.requests",
        "Requests to Kameleoon",
        counted -> counted.platform().count(type, status),
        tag("type", type),
        Tag.of(
            "status", status == PlatformCounts.NO_ANSWER ? "no_answer" : String.valueOf(status)));
  }

  private double pending() {
    Long pending = platform.status().events().pending();
    return pending == null ? Double.NaN : pending;
  }

  private double age() {
    Duration age = platform.status().dataFile().age(Instant.now());
    return age == null ? Double.NaN : age.toSeconds();
  }

  private static Tag tag(String name, Enum<?> value) {
    return Tag.of(name, value.name().toLowerCase(Locale.ROOT));
  }

  private void counter(
      String name, String description, ToDoubleFunction<Statistics> count, Tag... tags) {
    add(
        () ->
            // The meter holds the statistics by a weak reference only.
            FunctionCounter.builder(name, statistics, count)
                .description(description)
                .tags(filter.and(tags))
                .register(registry));
  }

  private void timer(Operation operation, Result result) {
    add(
        () ->
            FunctionTimer.builder(
                    "kameleoon.store.calls",
                    statistics.store(),
                    store -> store.count(operation, result),
                    store -> store.totalNanos(operation, result),
                    TimeUnit.NANOSECONDS)
                .description("Calls of requests to the store")
                .tags(filter.and(tag("operation", operation), tag("result", result)))
                .register(registry));
  }

  private void gauge(String name, String description, @Nullable String unit, DoubleSupplier value) {
    add(
        () ->
            Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .baseUnit(unit)
                .tags(filter)
                .strongReference(true)
                .register(registry));
  }

  private synchronized void add(Supplier<Meter> meter) {
    if (!removed) {
      meters.add(meter.get());
    }
  }

  /** Removes the meters, and registers no more. */
  synchronized void remove() {
    removed = true;
    meters.forEach(registry::remove);
    meters.clear();
  }
}
