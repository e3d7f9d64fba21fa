package io.github.kameleoonservlet.internal.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.ConditionExplanation;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final ConditionExplanation MET =
      new ExplainedCondition(1, "PAGE_URL", true, "url=/cart", "https://a/cart", true, null);
  private static final ConditionExplanation EXCLUDED =
      new ExplainedCondition(2, "WEATHER", false, "sky=CLEAR", null, false, "unknown type");
  private static final RuleExplanation DECIDES =
      new ExplainedRule(7, 70, 0.25, true, true, true, "1 and 2", List.of(MET, EXCLUDED));
  private static final RuleExplanation OTHER =
      new ExplainedRule(8, null, 1, false, null, false, "1", List.of(EXCLUDED));
  private static final RuleExplanation EVERYBODY =
      new ExplainedRule(9, null, 1, true, false, false, "", List.of());

  @Test
  void condition_getters_returnGivenValues() {
    assertThat(EXCLUDED.getNumber()).isEqualTo(2);
    assertThat(EXCLUDED.getKind()).isEqualTo("WEATHER");
    assertThat(EXCLUDED.isInclude()).isFalse();
    assertThat(EXCLUDED.getWanted()).isEqualTo("sky=CLEAR");
    assertThat(EXCLUDED.getFound()).isNull();
    assertThat(EXCLUDED.isMet()).isFalse();
    assertThat(EXCLUDED.getNote()).isEqualTo("unknown type");
    assertThat(MET.isInclude()).isTrue();
    assertThat(MET.getFound()).isEqualTo("https://a/cart");
    assertThat(MET.isMet()).isTrue();
    assertThat(MET.getNote()).isNull();
  }

  @Test
  void rule_getters_returnGivenValues() {
    assertThat(DECIDES.getId()).isEqualTo(7);
    assertThat(DECIDES.getExperimentId()).isEqualTo(70);
    assertThat(DECIDES.getExposition()).isEqualTo(0.25);
    assertThat(DECIDES.isTargeted()).isTrue();
    assertThat(DECIDES.getWithinExposition()).isTrue();
    assertThat(DECIDES.isAssigned()).isTrue();
    assertThat(DECIDES.getExpression()).isEqualTo("1 and 2");
    assertThat(DECIDES.getConditions()).containsExactly(MET, EXCLUDED);
    assertThat(OTHER.getExperimentId()).isNull();
    assertThat(OTHER.isTargeted()).isFalse();
    assertThat(OTHER.getWithinExposition()).isNull();
    assertThat(OTHER.isAssigned()).isFalse();
    assertThat(EVERYBODY.getWithinExposition()).isFalse();
    assertThat(EVERYBODY.getConditions()).isEmpty();
  }

  @Test
  void text_allParts_hasLineForEachPart() {
    Explanation explanation =
        new ExplainedFeature(
            Variation.of("banner", "on", 71, 70, Map.of(), Reason.ASSIGNED),
            List.of(OTHER, EVERYBODY, DECIDES),
            List.of("A finding"));

    assertThat(explanation.toText())
        .isEqualTo(
            """
            banner = on (ASSIGNED, experiment 70)
              rule 8: segment not met [1], exposition 100.0 %
                2. WEATHER not sky=CLEAR: not met, found nothing (unknown type)
              rule 9: everybody, exposition 100.0 %, not within it
              rule 7 (experiment 70): segment met [1 and 2], exposition 25.0 %, within it, decides
                1. PAGE_URL url=/cart: met, found https://a/cart
                2. WEATHER not sky=CLEAR: not met, found nothing (unknown type)
              ! A finding""");
    assertThat(explanation.getFeatureKey()).isEqualTo("banner");
    assertThat(explanation.getRules()).containsExactly(OTHER, EVERYBODY, DECIDES);
    assertThat(explanation.getFindings()).containsExactly("A finding");
    assertThat(explanation.getVariation().getKey()).isEqualTo("on");
  }

  @Test
  void text_withoutRules_isVariation() {
    Explanation explanation =
        ExplainedFeature.withoutRules(Variation.off("banner", Reason.NOT_FOUND));

    assertThat(explanation.toText()).isEqualTo("banner = off (NOT_FOUND)");
    assertThat(explanation.getRules()).isEmpty();
    assertThat(explanation.getFindings()).isEmpty();
  }

  @Test
  void text_unreadableSegment_doesNotPrintEverybody() {
    RuleExplanation unreadable = new ExplainedRule(1, null, 1, false, null, false, "", List.of());

    Explanation explanation =
        new ExplainedFeature(
            Variation.off("banner", Reason.DEFAULT), List.of(unreadable), List.of());

    assertThat(explanation.toText())
        .isEqualTo(
            """
            banner = off (DEFAULT)
              rule 1: segment cannot be read, exposition 100.0 %""");
  }

  @Test
  void toString_anyPart_showsNoDataOfRequest() {
    Explanation explanation =
        new ExplainedFeature(Variation.off("banner", Reason.DEFAULT), List.of(DECIDES), List.of());

    assertThat(explanation.toString()).contains("banner").doesNotContain("/cart");
    assertThat(DECIDES.toString()).contains("7").doesNotContain("/cart");
    assertThat(MET.toString()).contains("PAGE_URL").doesNotContain("/cart");
  }

  @Test
  void lists_changedAfterwards_areCopies() {
    List<ConditionExplanation> conditions = new ArrayList<>(List.of(MET));
    RuleExplanation rule = new ExplainedRule(1, null, 1, true, null, false, "1", conditions);
    conditions.clear();

    assertThat(rule.getConditions()).containsExactly(MET);
  }
}
