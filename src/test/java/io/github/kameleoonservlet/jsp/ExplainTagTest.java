package io.github.kameleoonservlet.jsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests the explanation that a page shows. */
class ExplainTagTest {

  private final TestVisitor visitor = new TestVisitor();

  private static ExplainTag explain(String feature) {
    ExplainTag tag = new ExplainTag();
    tag.setFeature(feature);
    return tag;
  }

  @Test
  void explanation_withMarkup_isPrintedEscaped() throws Exception {
    visitor.explainable = true;

    assertThat(new TestPage(visitor).show(explain("offer")))
        .isEqualTo("<pre>offer = treatment (ASSIGNED, experiment 7)\n  ! a &lt;finding&gt;</pre>");
  }

  @Test
  void explanation_withoutFeatureKey_isOff() throws Exception {
    visitor.explainable = true;

    assertThat(new TestPage(visitor).show(explain(null))).startsWith("<pre> = off (NOT_FOUND)");
  }

  @Test
  void explanation_userNotAllowed_isNotPrinted() throws Exception {
    assertThat(new TestPage(visitor).show(explain("offer"))).isEmpty();
  }

  @Test
  void explanation_withoutFilter_isNotPrinted() throws Exception {
    assertThat(new TestPage(null).show(explain("offer"))).isEmpty();
  }
}
