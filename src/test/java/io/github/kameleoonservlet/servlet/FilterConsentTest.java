package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests consent behind the filter. */
class FilterConsentTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void consentPending_anyPage_writesAndSendsNothing() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    MockHttpServletResponse response =
        browser.open(
            Page.reading(
                visitor -> {
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.WITHHELD);
                  assertThat(visitor.getVariations().get("banner").getReason())
                      .isEqualTo(Reason.WITHHELD);
                  visitor.trackConversion(1, 2);
                  visitor.addCustomData(1, "x");
                  assertThat(visitor.getEngineTrackingCode()).isEmpty();
                }));

    assertThat(cookies(response)).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void consentGiven_firstDecision_isPassedBeforeDecision() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("agreed", "yes");
    browser.open(Page.reading(visitor -> visitor.getVariations().get("banner")));

    assertThat(shop.decisions.calls)
        .containsExactly("consent new-1 true", "decide new-1 banner exposed");
  }

  @Test
  void consentRefused_existingCookie_isDeleted() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("kameleoonVisitorCode", "mine");
    browser.cookies.put("agreed", "no");
    browser.open(seeing(Outcome.WITHHELD));

    assertThat(browser.code()).isNull();
  }

  @Test
  void consentResolver_throwsOrReturnsNull_countsAsPending() {
    shop.consent =
        new ConsentReader(
            true,
            request -> {
              throw new IllegalStateException("user-1");
            },
            "",
            "");
    browser.cookies.put("kameleoonVisitorCode", "mine");
    browser.open(seeing(Outcome.WITHHELD));
    shop.consent = new ConsentReader(true, request -> null, "", "");
    browser.open(seeing(Outcome.WITHHELD));

    assertThat(browser.code()).isEqualTo("mine");
  }

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }
}
