package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.kameleoon.configuration.Rule;
import com.kameleoon.data.manager.AssignedVariation;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.managers.tracking.TrackingManager;
import com.kameleoon.network.ISendable;
import com.kameleoon.targeting.TargetingManager;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests exposures without a decision, and how often the SDK's engine decides. */
class ExposuresTest {

  private final LogBridge log = LogBridge.install();
  private final List<String> restored = new ArrayList<>();
  private SdkClient client;
  private VisitorManager manager;
  private Map<String, Visitor> visitors;

  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    SegmentedFile file =
        new SegmentedFile()
            .feature("everybody")
            .feature(
                "phones",
                "{\"targetingType\":\"DEVICE_TYPE\",\"isInclude\":true,\"device\":\"PHONE\"}");
    PlatformSettings settings = PlatformSettings.offline(file.in(folder).toString());
    client =
        SdkClients.offline(SdkConfig.of(settings), OfflineNetwork.open(settings.dataFile()), log);
    manager = (VisitorManager) SdkInternals.read(client.sdk(), "visitorManager");
    visitors = memory(manager);
    client.restoreWith(
        new IdleVisitors.Restorer() {
          @Override
          public boolean canRestore(String code, boolean consented) {
            return true;
          }

          @Override
          public void restore(String code) {
            restored.add(code);
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Visitor> memory(VisitorManager manager) throws Exception {
    return (Map<String, Visitor>) SdkInternals.read(manager, "visitors");
  }

  @AfterEach
  void close() {
    client.close(Duration.ofSeconds(1));
    log.close();
  }

  /**
   * Returns the SDK's manager, changed to drop a visitor right after the first data of the visitor.
   */
  private VisitorManager dropping() {
    AtomicInteger calls = new AtomicInteger();
    return (VisitorManager)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {VisitorManager.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(manager, arguments);
              if (method.getName().equals("addData") && calls.incrementAndGet() == 1) {
                visitors.clear();
              }
              return result;
            });
  }

  @Test
  void exposure_visitorRemovedMeanwhile_isKept() throws Exception {
    TrackingManager tracking = (TrackingManager) SdkInternals.read(client.sdk(), "trackingManager");
    Exposures exposures = new Exposures(dropping(), tracking, client.internals().idleVisitors());

    exposures.track("v", 7, 70, Rule.Type.EXPERIMENTATION);

    assertThat(visitors.get("v").getAssignedVariations().values())
        .singleElement()
        .satisfies(assigned -> assertThat(assigned.getVariationId()).isEqualTo(70))
        .matches(ISendable::isUnsent);
    assertThat(restored).containsExactly("v");
  }

  @Test
  void exposure_visitorRemovedBeforeTracking_restoresVisitor() throws Exception {
    TrackingManager real = (TrackingManager) SdkInternals.read(client.sdk(), "trackingManager");
    TrackingManager tracking =
        (TrackingManager)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TrackingManager.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("addVisitorCode")) {
                    visitors.clear();
                  }
                  return method.invoke(real, arguments);
                });
    client.sdk().addData("v", new com.kameleoon.data.UserAgent("Browser/1"));

    new Exposures(manager, tracking, client.internals().idleVisitors())
        .track("v", 7, 70, Rule.Type.EXPERIMENTATION);

    assertThat(restored).containsExactly("v");
  }

  @Test
  void exposure_newVisitor_restoresUserAgentAndConsent() throws Exception {
    client.decide("v", "everybody", true, RequestFacts.none());
    assertThat(restored).containsExactly("v");

    client.sdk().addData("v", new com.kameleoon.data.UserAgent("Browser/1"));
    client.decide("v", "everybody", true, RequestFacts.none());
    assertThat(restored).containsExactly("v");
  }

  @Test
  void secondRead_sameSegments_isNotDecidedAgain() throws Exception {
    AtomicInteger evaluations = countEvaluations();
    TestFacts desktop = TestFacts.NONE;

    for (int i = 0; i < 10; i++) {
      client.decide("v", "everybody", true, desktop);
      client.decide("v", "phones", true, desktop);
    }
    assertThat(evaluations).hasValue(2);

    AssignedVariation before = exposure("v");
    for (int i = 0; i < 10; i++) {
      client.decide("v", "everybody", true, TestFacts.PHONE_ON_CART);
      client.decide("v", "phones", true, TestFacts.PHONE_ON_CART);
      client.decide("v", "phones", false, desktop);
    }
    assertThat(evaluations).hasValue(3);
    assertThat(exposure("v")).isNotSameAs(before);
  }

  private AssignedVariation exposure(String code) {
    return visitors.get(code).getAssignedVariations().get(2101);
  }

  /** Counts how often the engine evaluates whether a rule reaches the visitor. */
  private AtomicInteger countEvaluations() throws Exception {
    AtomicInteger evaluations = new AtomicInteger();
    Field field = client.sdk().getClass().getDeclaredField("targetingManager");
    field.setAccessible(true);
    TargetingManager ours = (TargetingManager) field.get(client.sdk());
    field.set(
        client.sdk(),
        (TargetingManager)
            (code, experiment, rule) -> {
              evaluations.incrementAndGet();
              return ours.checkTargeting(code, experiment, rule);
            });
    return evaluations;
  }
}
