package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DecisionCountsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DecisionCounts counts = new DecisionCounts();

  @Test
  void decisions_countByFeatureVariationAndReason() {
    read("offer", "treatment", Reason.ASSIGNED);
    read("offer", "treatment", Reason.ASSIGNED);
    read("offer", "off", Reason.DEFAULT);
    read("banner", "off", Reason.DISABLED);

    assertThat(counts.snapshot().stream().map(DecisionCountsTest::text))
        .containsExactly(
            "banner off DISABLED 1", "offer off DEFAULT 1", "offer treatment ASSIGNED 2");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"ASSIGNED", "DEFAULT", "DISABLED", "PREVIEW"})
  void feature_thatMayNotExist_countsUnderOneKeyUntilADecisionShowsIt(Reason reason) {
    read("made-up", "off", reason);
    read("banner", "off", reason);
    read("banner", "off", Reason.DEFAULT);
    read("banner", "off", reason);

    assertThat(counts.snapshot().stream().map(DecisionCountsTest::text))
        .containsExactlyInAnyOrder(
            "* off " + reason + " 2", "banner off DEFAULT 1", "banner off " + reason + " 1");
  }

  @Test
  void feature_ofTheDataFile_countsUnderItsOwnKeyWithAnyReason() {
    counts.existing("banner"::equals);
    read("banner", "off", Reason.WITHHELD);
    read("made-up", "off", Reason.WITHHELD);

    assertThat(counts.snapshot().stream().map(DecisionCountsTest::text))
        .containsExactly("* off WITHHELD 1", "banner off WITHHELD 1");
  }

  @Test
  void features_ofTheDataFile_moreThanTheLimit_countUnderOneKey() {
    counts.existing(feature -> true);
    for (int i = 0; i < DecisionCounts.MOST_FEATURES + 10; i++) {
      read("feature-" + i, "off", Reason.UNRESOLVED);
    }

    assertThat(counts.snapshot()).hasSize(DecisionCounts.MOST_FEATURES + 1);
    assertThat(text(counts.snapshot().get(0))).isEqualTo("* off UNRESOLVED 10");
  }

  @Test
  void features_moreThanTheLimit_countUnderOneKey() {
    for (int i = 0; i < DecisionCounts.MOST_FEATURES + 10; i++) {
      read("feature-" + i, "on", Reason.ASSIGNED);
    }

    assertThat(counts.snapshot()).hasSize(DecisionCounts.MOST_FEATURES + 1);
    assertThat(text(counts.snapshot().get(0))).isEqualTo("* on ASSIGNED 10");
  }

  @Test
  void variations_moreThanTheLimit_countUnderOneKey() {
    for (int i = 0; i < DecisionCounts.MOST_VARIATIONS + 10; i++) {
      read("feature", "v" + i, Reason.ASSIGNED);
    }

    assertThat(counts.snapshot()).hasSize(DecisionCounts.MOST_VARIATIONS + 1);
    assertThat(text(counts.snapshot().get(0))).isEqualTo("feature * ASSIGNED 10");
  }

  @Test
  void decision_ofUnknownKey_allocatesNothing() {
    Variation unknown = Variation.off("made-up", Reason.NOT_FOUND);
    counts.read(unknown);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      counts.read(unknown);
    }

    // One object for each decision needs at least 16,000 bytes.
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(16_000);
  }

  private void read(String feature, String variation, Reason reason) {
    counts.read(Variation.of(feature, variation, null, null, Map.of(), reason));
  }

  private static String text(DecisionCounts.Count count) {
    return count.feature() + " " + count.variation() + " " + count.reason() + " " + count.count();
  }
}
