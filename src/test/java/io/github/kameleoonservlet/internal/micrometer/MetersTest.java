package io.github.kameleoonservlet.internal.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.DataFile;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Events;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Origin;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.State;
import io.github.kameleoonservlet.internal.decision.RecordingDecisions;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Type;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Operation;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Result;
import io.github.kameleoonservlet.testing.PartialLoader;
import io.github.kameleoonservlet.testing.RecordedLog;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Statistics statistics = new Statistics(0);
  private final RecordingDecisions platform = new RecordingDecisions();
  private final List<Meters> meters = new ArrayList<>();

  @BeforeEach
  void start() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void close() {
    meters.forEach(Meters::close);
    assertThat(registry.getMeters()).isEmpty();
    assertThat(Metrics.globalRegistry.getMeters()).isEmpty();
    Metrics.removeRegistry(registry);
  }

  private void register() {
    meters.add(Meters.register("/shop", "kameleoonVisitor", statistics, platform));
  }

  private double counter(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  @Test
  void requests_countByOutcome() {
    register();
    statistics.ended(Outcome.LINKED, new VisitorCode("abcdefgh"), null, "/");

    assertThat(counter("kameleoon.visitor.requests", "outcome", "linked")).isEqualTo(1);
    assertThat(counter("kameleoon.visitor.requests", "outcome", "issued")).isZero();
    assertThat(registry.get("kameleoon.visitor.requests").meters()).hasSize(7);
  }

  @Test
  void decisions_countByFeatureAndReason() {
    decided("early", "a", Reason.ASSIGNED);
    register();
    decided("offer", "a", Reason.ASSIGNED);
    decided("offer", "b", Reason.ASSIGNED);
    decided("made-up", "off", Reason.NOT_FOUND);

    assertThat(counter("kameleoon.decisions", "feature", "early", "reason", "assigned"))
        .isEqualTo(1);
    assertThat(counter("kameleoon.decisions", "feature", "offer", "reason", "assigned"))
        .isEqualTo(2);
    assertThat(counter("kameleoon.decisions", "feature", "offer", "reason", "default")).isZero();
    assertThat(counter("kameleoon.decisions", "feature", "*", "reason", "not_found")).isEqualTo(1);
  }

  private void decided(String feature, String variation, Reason reason) {
    statistics.decided(Variation.of(feature, variation, null, null, Map.of(), reason));
  }

  @Test
  void storeCalls_areTimedByOperationAndResult() {
    register();
    statistics.store().called(Operation.FIND, Result.ANSWERED, 3_000_000);
    statistics.store().called(Operation.FIND, Result.ANSWERED, 1_000_000);

    var timer =
        registry
            .get("kameleoon.store.calls")
            .tags("operation", "find", "result", "answered")
            .functionTimer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(java.util.concurrent.TimeUnit.MILLISECONDS)).isEqualTo(4);
    assertThat(registry.get("kameleoon.store.calls").meters()).hasSize(16);
  }

  @Test
  void platform_hasTwoGaugesAndRequestsByTypeAndStatus() {
    platform.status =
        new PlatformStatus(
            State.READY,
            null,
            new DataFile(Origin.PLATFORM, null, Instant.now().minusSeconds(60), 1),
            null,
            new Events(7L, null, null),
            List.of(),
            List.of());
    statistics.platform().requested(Type.DATA_FILE, 200);
    register();
    statistics.platform().requested(Type.EVENTS, 503);
    statistics.platform().requested(Type.EVENTS, 503);
    statistics.platform().requested(Type.EVENTS, 0);

    assertThat(counter("kameleoon.platform.requests", "type", "data_file", "status", "200"))
        .isEqualTo(1);
    assertThat(counter("kameleoon.platform.requests", "type", "events", "status", "503"))
        .isEqualTo(2);
    assertThat(counter("kameleoon.platform.requests", "type", "events", "status", "no_answer"))
        .isEqualTo(1);
    assertThat(registry.get("kameleoon.events.pending").gauge().value()).isEqualTo(7);
    assertThat(registry.get("kameleoon.datafile.age").gauge().value()).isBetween(60.0, 3_600.0);
    assertThat(registry.get("kameleoon.datafile.age").gauge().getId().getBaseUnit())
        .isEqualTo("seconds");
  }

  @Test
  void gauges_ofUnknownValues_areNotANumber() {
    platform.status =
        new PlatformStatus(
            State.NOT_READY,
            null,
            new DataFile(Origin.NONE, null, null, 0),
            null,
            new Events(null, null, null),
            List.of(),
            List.of());
    register();

    assertThat(registry.get("kameleoon.events.pending").gauge().value()).isNaN();
    assertThat(registry.get("kameleoon.datafile.age").gauge().value()).isNaN();
  }

  @Test
  void tags_ofAllMeters_haveKnownNames() {
    register();
    decided("offer", "a", Reason.ASSIGNED);
    statistics.platform().requested(Type.EVENTS, 200);

    assertThat(
            registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(Tag::getKey)
                .collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                "context",
                "filter",
                "outcome",
                "feature",
                "reason",
                "operation",
                "result",
                "type",
                "status"));
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .allSatisfy(
            id -> {
              assertThat(id.getTag("context")).isEqualTo("/shop");
              assertThat(id.getTag("filter")).isEqualTo("kameleoonVisitor");
              assertThat(id.getDescription()).isNotBlank();
            });
  }

  @Test
  void filters_ofTheSameContextPath_haveMetersOfTheirOwn() {
    register();
    Statistics others = new Statistics(0);
    meters.add(Meters.register("/shop", "kameleoonVisitor", others, platform));
    others.ended(Outcome.ISSUED, new VisitorCode("abcdefgh"), null, "/");

    assertThat(requests("/shop")).isZero();
    assertThat(requests("/shop#2")).isEqualTo(1);
    meters.remove(0).close();
    assertThat(requests("/shop#2")).isEqualTo(1);
  }

  private double requests(String context) {
    return counter("kameleoon.visitor.requests", "context", context, "outcome", "issued");
  }

  @Test
  void decision_afterTheRemoval_registersNothing() {
    register();
    meters.get(0).close();

    decided("offer", "a", Reason.ASSIGNED);
    statistics.platform().requested(Type.EVENTS, 200);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void decision_whoseMeterCannotBeRegistered_isCounted() {
    register();
    registry.config().meterFilter(MeterFilter.denyUnless(id -> fail(id)));

    decided("offer", "a", Reason.ASSIGNED);

    assertThat(statistics.decisions().count("offer", Reason.ASSIGNED)).isEqualTo(1);
  }

  private static boolean fail(Meter.Id id) {
    throw new IllegalStateException(id.getName());
  }

  @Test
  void registration_thatFails_logsOneWarningAndLeavesNoMeter() {
    registry
        .config()
        .meterFilter(
            MeterFilter.denyUnless(id -> id.getName().startsWith("kameleoon.visitor") || fail(id)));

    try (RecordedLog log = new RecordedLog(Level.INFO)) {
      register();
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("Cannot register the meters", "IllegalStateException");
    }
  }

  // ---- class loaders

  @Test
  void micrometer_thatIsAbsent_isNotMissed() throws Exception {
    PartialLoader loader = new PartialLoader("io.micrometer.");

    try (RecordedLog log = new RecordedLog(Level.INFO)) {
      loader.run(Registering.class);
      assertThat(log.lines()).isEmpty();
    }
    assertThat(loader.missed).containsExactly("io.micrometer.core.instrument.Metrics");
  }

  @Test
  void application_afterItsEnd_isCollectedAlthoughTheServerSharesMicrometer() throws Exception {
    WeakReference<ClassLoader> application = runInApplication();

    await()
        .until(
            () -> {
              System.gc();
              return application.refersTo(null);
            });
    assertThat(registry.getMeters()).isEmpty();
  }

  private static WeakReference<ClassLoader> runInApplication() throws Exception {
    PartialLoader loader = new PartialLoader();
    loader.run(Registering.class);
    return new WeakReference<>(loader);
  }

  /** Registers meters, decides a feature and removes the meters. */
  public static final class Registering implements Runnable {

    /** For the loader. */
    public Registering() {}

    @Override
    public void run() {
      Statistics statistics = new Statistics(0);
      Meters meters = Meters.register("/", "filter", statistics, new RecordingDecisions());
      statistics.decided(Variation.of("offer", "a", null, null, Map.of(), Reason.ASSIGNED));
      meters.close();
    }
  }
}
