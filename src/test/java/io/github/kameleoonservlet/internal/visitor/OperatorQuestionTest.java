package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.RecordingDecisions;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tests that the question of an operator changes nothing for the visitor. */
class OperatorQuestionTest {

  private final RecordingDecisions decisions = new RecordingDecisions();
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/status");

  private OperatorQuestion question() {
    return new OperatorQuestion(
        new FilterParts(
            null,
            null,
            decisions,
            null,
            new ConsentReader(true, asked -> null, "consent", "yes"),
            null,
            null,
            null,
            false,
            null,
            FactSettings.NONE,
            new BrowserFactsCache(),
            null,
            null,
            null,
            null,
            false),
        request);
  }

  @Test
  void explain_codeOfVisitor_keepsNoUserAgentAndNoConsent() {
    request.addHeader("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
    decisions.features = Set.of("spring", "banner");

    assertThat(question().explain(new VisitorCode("visitor-1"), null)).hasSize(2);

    assertThat(decisions.calls)
        .containsExactly("explain visitor-1 banner", "explain visitor-1 spring");
    assertThat(decisions.lastFacts.browser().type()).isEqualTo(BrowserType.FIREFOX);
    assertThat(decisions.lastFacts.pageUrl()).isNull();
    assertThat(decisions.lastFacts.previousPage()).isNull();
    assertThat(decisions.lastFacts.pageTitle()).isNull();
  }

  @Test
  void explain_withPage_usesPageAndDataOfRequest() {
    request.addHeader("Cookie", "theme=dark");
    OperatorQuestion question = question();
    String page = question.pageUrl("http://localhost/cart#top");

    question.explain(new VisitorCode("visitor-1"), page);

    assertThat(decisions.lastFacts.pageUrl()).isEqualTo("http://localhost/cart");
    assertThat(decisions.lastFacts.cookies()).containsEntry("theme", "dark");
    assertThat(decisions.lastFacts.customData()).isEmpty();
    assertThat(decisions.lastFacts.addedCustomData()).isEmpty();
    assertThat(decisions.lastFacts.geolocation()).isNull();
    assertThat(question.pageUrl("http://other.example/")).isNull();
  }

  @Test
  void cookie_sentOnce_isRead() {
    request.addHeader("Cookie", "a=1; b=2; b=3; kameleoonVisitorCode=mine-1");
    OperatorQuestion question = question();

    assertThat(question.cookie("a")).contains("1");
    assertThat(question.cookie("b")).isEmpty();
    assertThat(question.cookie("c")).isEmpty();
    assertThat(question.ownCode()).contains(new VisitorCode("mine-1"));
    assertThat(question.origin()).isEqualTo("http://localhost");
    assertThat(question.isFromAnotherSite()).isFalse();
  }
}
