package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tests variations, events and the lifetime of the visitor. */
class FilterVariationTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void variation_readTwice_isDecidedOnce() {
    browser.open(
        Page.reading(
            visitor -> {
              Map<String, Variation> variations = visitor.getVariations();
              assertThat(variations.toString()).isEqualTo("{banner=Variation[banner]}");
              assertThat(variations.isEmpty()).isFalse();
              assertThat(variations.containsKey("banner")).isTrue();
              assertThat(variations.entrySet()).hasSize(1);
              assertThat(shop.decisions.calls).isEmpty();
              assertThat(variations.get("banner")).isSameAs(variations.get("banner"));
              assertThat(variations.get("nosuch").getReason()).isEqualTo(Reason.NOT_FOUND);
              assertThat(variations.getOrDefault("nosuch", null).getKey()).isEqualTo("off");
              assertThat(variations.values().iterator().next().getKey()).isEqualTo("on");
              assertThat(variations.get(null)).isNull();
            }));

    assertThat(shop.decisions.calls)
        .containsExactly("decide new-1 banner exposed", "decide new-1 nosuch exposed");
  }

  @Test
  void decided_somePageReads_hasTheirVariationsInOrder() {
    browser.open(
        Page.reading(
            visitor -> {
              assertThat(visitor.getDecided()).isEmpty();
              Variation unknown = visitor.variation("nosuch");
              Variation banner = visitor.variation("banner");
              Map<String, Variation> decided = visitor.getDecided();
              visitor.variation("later");

              assertThat(decided.values()).containsExactly(unknown, banner);
              assertThat(decided.keySet()).containsExactly("nosuch", "banner");
              assertThatThrownBy(decided::clear).isInstanceOf(UnsupportedOperationException.class);
            }));

    assertThat(shop.decisions.calls)
        .containsExactly(
            "decide new-1 nosuch exposed",
            "decide new-1 banner exposed",
            "decide new-1 later exposed");
  }

  @Test
  void decided_visitorChanged_hasNothingOfPreviousVisitor() {
    shop.link("user-1", "mine");
    browser.open(
        (request, response) -> {
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          visitor.variation("banner");
          request.login("user-1", "");

          assertThat(visitor.getCode()).isEqualTo("mine");
          assertThat(visitor.getDecided()).isEmpty();
        });
  }

  @Test
  void userAgent_severalDecisions_isPassedOnce() {
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("User-Agent", "Robot/1");
    browser.send(
        request,
        Page.reading(
            visitor -> {
              visitor.getVariations().get("banner");
              visitor.getVariations().get("nosuch");
            }));

    assertThat(shop.decisions.calls)
        .startsWith("agent new-1 Robot/1", "decide new-1 banner exposed")
        .hasSize(3);
  }

  @Test
  void events_ofResolvedVisitor_areTracked() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.trackConversion(3, 12.5);
              visitor.addCustomData(2, "a", "b");
              assertThat(visitor.getEngineTrackingCode()).isEqualTo("/* new-1 */");
              assertThat(visitor.toString()).doesNotContain("new-1");
            }));

    assertThat(shop.decisions.calls)
        .containsExactly("conversion new-1 3 12.5", "data new-1 2 [a, b]");
  }

  @Test
  void visitor_afterRequest_returnsEarlierDecisions() {
    AtomicReference<Visitor> kept = new AtomicReference<>();
    browser.open(
        Page.reading(
            visitor -> {
              visitor.getVariations().get("banner");
              kept.set(visitor);
            }));
    shop.decisions.calls.clear();
    Visitor visitor = kept.get();
    visitor.refresh();

    assertThat(visitor.getCode()).isEqualTo("new-1");
    assertThat(visitor.getVariations().get("banner").getKey()).isEqualTo("on");
    assertThat(visitor.getVariations().get("nosuch").getReason()).isEqualTo(Reason.UNRESOLVED);
    assertThat(shop.decisions.calls).isEmpty();
  }
}
