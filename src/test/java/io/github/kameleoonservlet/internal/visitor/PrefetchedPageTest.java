package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.servlet.TestShop;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tests a page that a browser fetches or renders before it shows the page, if it ever does. */
class PrefetchedPageTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final List<String> scripts = new ArrayList<>();

  private String script(MockHttpServletRequest request, Page before) {
    browser.send(
        request,
        (asked, answer) -> {
          before.serve(asked, answer);
          scripts.add(((Visitor) asked.getAttribute("kameleoonVisitor")).getEngineTrackingCode());
        });
    return scripts.get(scripts.size() - 1);
  }

  private MockHttpServletRequest prefetch(String purpose) {
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("Sec-Purpose", purpose);
    return request;
  }

  private static Page banner() {
    return Page.reading(visitor -> visitor.getVariations().get("banner").getKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip"})
  void returningVisitor_prefetchedPage_reportsExposureByScriptOnly(String purpose) {
    browser.cookies.put(RequestCookies.VISITOR_CODE, "mine");

    assertThat(script(prefetch(purpose), banner()))
        .contains("prerendering", "['Experiments.assignVariation',7,11]")
        .containsOnlyOnce("['Experiments.trigger',7,true]");
    assertThat(shop.decisions.calls).contains("decide mine banner");
    assertThat(shop.decisions.calls).noneMatch(call -> call.endsWith("exposed"));
  }

  @Test
  void returningVisitor_followedLink_serverTracksExposure() {
    browser.cookies.put(RequestCookies.VISITOR_CODE, "mine");

    assertThat(script(browser.navigation(), banner())).isEqualTo("/* mine */");
    assertThat(shop.decisions.calls).contains("decide mine banner exposed");
  }

  @Test
  void page_withoutRead_reportsNothing() {
    browser.cookies.put(RequestCookies.VISITOR_CODE, "mine");

    assertThat(script(prefetch("prefetch"), (request, answer) -> {})).isEmpty();
    assertThat(
            script(
                prefetch("prefetch"),
                Page.reading(visitor -> visitor.getVariations().get("none").getKey())))
        .isEmpty();
  }

  @Test
  void newVisitor_prefetchedPage_hasNoCodeAndReportsNothing() {
    assertThat(script(prefetch("prefetch"), banner())).isEmpty();
    assertThat(browser.code()).isNull();
  }

  @Test
  void request_passiveForOtherReason_reportsNothing() {
    browser.cookies.put(RequestCookies.VISITOR_CODE, "mine");
    MockHttpServletRequest head = prefetch("prefetch");
    head.setMethod("HEAD");
    MockHttpServletRequest frame = prefetch("prefetch");
    frame.removeHeader("Sec-Fetch-Site");
    frame.removeHeader("Sec-Fetch-Dest");
    frame.addHeader("Sec-Fetch-Site", "cross-site");
    frame.addHeader("Sec-Fetch-Dest", "iframe");
    MockHttpServletRequest excluded = prefetch("prefetch");
    excluded.setServletPath("/shop.css");

    for (MockHttpServletRequest request : List.of(head, frame, excluded)) {
      assertThat(script(request, banner())).isEmpty();
    }
  }

  @Test
  void script_severalVariations_namesEachExperimentOnce() {
    String script =
        PrefetchedExposures.script(
            List.of(
                Variation.of("a", "x", 11, 7, Map.of(), Reason.ASSIGNED),
                Variation.of("b", "y", 12, 8, Map.of(), Reason.ASSIGNED),
                Variation.of("c", "z", 11, 7, Map.of(), Reason.ASSIGNED),
                Variation.of("blind", "z", null, null, Map.of(), Reason.ASSIGNED)));

    assertThat(script).containsOnlyOnce("trigger',7").containsOnlyOnce("trigger',8");
  }
}
