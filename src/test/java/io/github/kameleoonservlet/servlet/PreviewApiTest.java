package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.FaultyStore;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests calls of the JSON API from a browser that sees a preview. */
class PreviewApiTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final ApiBrowser api = new ApiBrowser(browser);

  @BeforeEach
  void beginPreview() {
    shop.previewSecret = "a secret of the tests, 32 or more";
    shop.decisions.features = Set.of("banner", "hidden");
    MockHttpServletRequest request = browser.navigation();
    request.setQueryString(query());
    browser.send(request, Page.reading(visitor -> {}));
  }

  private String query() {
    String link = shop.service().previewLink("http://localhost/", "hidden", "on", null);
    return link.substring(link.indexOf('?') + 1);
  }

  @Test
  void variation_previewed_showsPreviewAndTracksNothing() throws Exception {
    MockHttpServletResponse answer =
        api.post("/variation", "{\"featureKey\":\"hidden\",\"track\":true}");

    assertThat(answer.getContentAsString())
        .contains("\"key\":\"on\"", "\"reason\":\"PREVIEW\"", "\"visitorCode\":\"new-1\"");
    assertThat(answer.getHeader("Cache-Control")).contains("no-store");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void variation_other_isDecidedWithoutExposure() {
    api.post("/variation", "{\"featureKey\":\"banner\",\"track\":true}");

    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner");
  }

  @Test
  void variations_withPreview_showIt() throws Exception {
    assertThat(api.get("/variations").getContentAsString())
        .contains("\"hidden\":{\"key\":\"on\"", "\"reason\":\"PREVIEW\"", "ASSIGNED");
  }

  @Test
  void explanation_ofPreview_hasNoRules() throws Exception {
    shop.facts =
        new FactSettings(
            null,
            null,
            FactSettings.NONE.customData(),
            AccessRule.everybody(),
            false,
            false,
            false);

    assertThat(
            api.post("/variation", "{\"featureKey\":\"hidden\",\"explain\":true}")
                .getContentAsString())
        .contains("\"reason\":\"PREVIEW\"", "\"rules\":[]");
  }

  @Test
  void conversion_isAcceptedAndNotSent() {
    assertThat(api.post("/conversion", "{\"goalId\":3}").getStatus()).isEqualTo(204);
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void userWithoutLink_calls_getNoCodeAndNoLink() throws Exception {
    browser.user = "user-1";

    MockHttpServletResponse synced = api.post("/syncVisitor", "{\"visitorCode\":\"app\"}");

    assertThat(synced.getStatus()).isEqualTo(200);
    assertThat(synced.getContentAsString())
        .contains("\"visitorCode\":null", "\"outcome\":\"UNRESOLVED\"");
    assertThat(api.post("/conversion", "{\"goalId\":3}").getStatus()).isEqualTo(204);
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void deleteVisitor_unlinkedUserSendsCode_codeIsNeverLinkedAgain() throws Exception {
    browser.user = "user-1";

    assertThat(api.send(ApiCall.DELETE_VISITOR.announcing("app")).getStatus()).isEqualTo(204);
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();

    browser.cookies.remove("kameleoonPreview");
    assertThat(api.post("/syncVisitor", "{\"visitorCode\":\"app\"}").getContentAsString())
        .contains("\"outcome\":\"SEPARATED\"");
  }

  @Test
  void deleteVisitor_storeDown_is503() {
    browser.user = "user-1";
    shop.store = FaultyStore.down();

    assertThat(api.send(ApiCall.DELETE_VISITOR.announcing("app")).getStatus()).isEqualTo(503);
  }

  @Test
  void call_withLink_beginsPreview() throws Exception {
    TestShop.Browser other = shop.new Browser();
    MockHttpServletRequest request = ApiBrowser.call("GET", "/variations");
    request.setQueryString(query());

    MockHttpServletResponse answer = new ApiBrowser(other).send(request);

    assertThat(answer.getContentAsString()).contains("PREVIEW");
    assertThat(other.cookies).containsKey("kameleoonPreview");
  }

  @Test
  void conversion_withoutPreview_undeterminedUser_isStillRefused() {
    browser.cookies.remove("kameleoonPreview");
    shop.users =
        request -> {
          throw new IllegalStateException();
        };

    assertThat(api.post("/conversion", "{\"goalId\":3}").getStatus()).isEqualTo(503);
  }
}
