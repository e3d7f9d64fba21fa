package io.github.kameleoonservlet.internal.jmx;

import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.statistics.DecisionCounts;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The MBean of one filter: reads the counts of the filter. Thread-safe. */
final class Visitors implements VisitorsMXBean {

  private final Statistics statistics;
  private final DecisionProvider platform;

  Visitors(Statistics statistics, DecisionProvider platform) {
    this.statistics = statistics;
    this.platform = platform;
  }

  private static <T> Map<String, Long> sums(
      List<T> counts, Function<T, String> name, ToLongFunction<T> count) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach(one -> sums.merge(name.apply(one), count.applyAsLong(one), Long::sum));
    return sums;
  }

  @Override
  public String getSince() {
    return statistics.since().toString();
  }

  @Override
  public Map<String, Long> getRequests() {
    return sums(
        List.copyOf(statistics.requests().snapshot().total().entrySet()),
        entry -> entry.getKey().name(),
        Map.Entry::getValue);
  }

  @Override
  public long getInvalidPreviews() {
    return statistics.previews().snapshot().refused().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public Map<String, Long> getDecisions() {
    return sums(
        statistics.decisions().snapshot(),
        count -> count.reason().name(),
        DecisionCounts.Count::count);
  }

  @Override
  public String getStoreState() {
    return statistics.store().state().name();
  }

  @Override
  public Map<String, Long> getStoreCalls() {
    return sums(
        statistics.store().snapshot().calls(),
        calls -> calls.operation() + " " + calls.result(),
        StoreCounts.Calls::count);
  }

  @Override
  public double getStoreFindMedianMillis() {
    return find(StoreCounts.Latency::median);
  }

  @Override
  public double getStoreFindP95Millis() {
    return find(StoreCounts.Latency::p95);
  }

  @Override
  public double getStoreFindP99Millis() {
    return find(StoreCounts.Latency::p99);
  }

  private static String status(int status) {
    return status == PlatformCounts.NO_ANSWER ? "NO_ANSWER" : String.valueOf(status);
  }

  private double find(Function<StoreCounts.Latency, Duration> value) {
    return statistics.store().snapshot().latencies().stream()
        .filter(latency -> latency.operation() == StoreCounts.Operation.FIND)
        .mapToDouble(
            latency -> value.apply(latency).toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1))
        .sum();
  }

  @Override
  public long getCacheHits() {
    return statistics.store().snapshot().cacheHits();
  }

  @Override
  public long getCacheMisses() {
    return statistics.store().snapshot().cacheMisses();
  }

  @Override
  public int getStoreOutages() {
    return statistics.store().snapshot().outagesSinceStart();
  }

  @Override
  public Map<String, Long> getUserIdWarnings() {
    return sums(
        statistics.warnings().snapshot(),
        warning -> warning.kind().name(),
        warning -> warning.count());
  }

  @Override
  public String getPlatformState() {
    return platform.status().state().name();
  }

  @Override
  public @Nullable Long getDataFileAgeSeconds() {
    Duration age = platform.status().dataFile().age(Instant.now());
    return age == null ? null : age.toSeconds();
  }

  @Override
  public @Nullable Long getEventsPending() {
    return platform.status().events().pending();
  }

  @Override
  public @Nullable Long getEventsSent() {
    return platform.status().events().sent();
  }

  @Override
  public @Nullable Long getEventsLost() {
    return platform.status().events().lost();
  }

  @Override
  public Map<String, Long> getPlatformRequests() {
    return sums(
        statistics.platform().snapshot().requests(),
        count -> count.type() + " " + status(count.status()),
        PlatformCounts.Count::count);
  }
}
