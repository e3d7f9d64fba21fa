package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.kameleoon.data.manager.Visitor;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests User-Agent and consent in the SDK after calls of the port. */
class VisitorContextsTest {

  private static final VisitorCode VISITOR = new VisitorCode("somebody");

  private SdkClient client;
  private KameleoonDecisionProvider provider;

  @BeforeEach
  void open() {
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    LogBridge log = LogBridge.install();
    SdkConfig config = SdkConfig.of(settings);
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    client = SdkClients.offline(config, network, log);
    provider =
        SdkStart.with(
            client,
            config,
            network,
            new TargetingTasks(TargetingSettings.NONE, new SdkFailures(), 60_000, false),
            log);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private void show(RequestFacts facts) {
    provider.decide(VISITOR, "free-shipping", true, facts);
  }

  private Visitor sdkVisitor() {
    return client.internals().idleVisitors().visitor(VISITOR.value());
  }

  @Test
  void decision_notShown_passesNothingToSdk() {
    provider.decide(
        VISITOR, "free-shipping", false, TestFacts.NONE.withUserAgent("A/1").withConsent());

    assertThat(sdkVisitor()).isNull();
  }

  @Test
  void exposure_requestWithoutUserAgent_keepsEarlierUserAgent() {
    show(TestFacts.NONE.withUserAgent("A/1"));
    show(TestFacts.NONE.withUserAgent("B/2"));
    show(TestFacts.NONE);

    assertThat(sdkVisitor().getUserAgent()).isEqualTo("B/2");
  }

  @Test
  void userAgent_longerThan512Characters_isCut() {
    show(TestFacts.NONE.withUserAgent("x".repeat(8_000)));

    assertThat(sdkVisitor().getUserAgent()).hasSize(512);
  }

  @Test
  void consentRefusal_duringLongRequest_staysAfterThatRequest() {
    RequestFacts longRequest = TestFacts.NONE.withConsent().asOneRequest();
    show(longRequest);
    assertThat(sdkVisitor().getLegalConsent()).isTrue();

    provider.consentRefused(VISITOR);
    show(longRequest);
    provider.trackConversion(VISITOR, 7, 0, longRequest);
    assertThat(sdkVisitor().getLegalConsent()).isFalse();

    show(TestFacts.NONE.withConsent().asOneRequest());
    assertThat(sdkVisitor().getLegalConsent()).isTrue();
  }
}
