package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.function.BiPredicate;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests the shop's flags with segments: a banner for phones, a note in the cart, a gift for new
 * users.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TargetingIT {

  private static final int THREADS = 6;
  private static final int REQUESTS = 3_000;

  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
  private static final String DESKTOP =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/131.0.0.0 Safari/537.36";

  @ArquillianResource private URL url;
  private URI base;

  @Deployment(testable = false)
  static WebArchive shop() {
    return Wars.sample();
  }

  @BeforeEach
  void findShop() throws URISyntaxException {
    base = url.toURI();
  }

  private static boolean shows(Page page, String id) {
    assertThat(page.status()).isEqualTo(200);
    return page.body().contains("id=\"" + id + "\"");
  }

  @Test
  void phoneBanner_otherDevice_isHidden() {
    assertThat(shows(new Browser(base).named(PHONE).open(""), "phone-banner")).isTrue();
    assertThat(shows(new Browser(base).named(DESKTOP).open(""), "phone-banner")).isFalse();
  }

  /** The cart's page is a forward; the path of the forward does not contain /cart. */
  @Test
  void cartNote_forwardedPage_usesUrlOfBrowser() {
    Browser browser = new Browser(base);

    assertThat(shows(browser.open("cart"), "cart-note")).isTrue();
    assertThat(browser.open("feature.jsp?key=cart-note").text("variation-key")).isEqualTo("off");
  }

  @Test
  void welcomeGift_signedInUser_isNotShown() {
    Browser browser = new Browser(base);

    assertThat(shows(browser.open(""), "welcome-gift")).isTrue();
    assertThat(shows(browser.signIn(newUser("gift")), "welcome-gift")).isFalse();
    assertThat(shows(browser.signOut(), "welcome-gift")).isTrue();
  }

  @Test
  void explanation_ofFeaturePage_namesConditionAndData() {
    Page page = new Browser(base).named(PHONE).open("feature.jsp?key=phone-banner");

    assertThat(page.text("variation-key")).isEqualTo("on");
    assertThat(page.body()).contains("DEVICE_TYPE device=PHONE: met, found PHONE");
  }

  @Test
  void explanation_byApiOfSample_isAllowed() {
    Page answer =
        new Browser(base)
            .named(DESKTOP)
            .call("POST", "api/variation", "{\"featureKey\":\"phone-banner\",\"explain\":true}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json("key")).isEqualTo("off");
    assertThat(answer.body()).contains("DEVICE_TYPE", "DESKTOP");
  }

  @Test
  void devices_ofOneVisitorAtOnce_getSeparateVariations() {
    assertThat(
            wrongOf(
                (browser, first) ->
                    browser
                        .named(first ? PHONE : DESKTOP)
                        .open("feature.jsp?key=phone-banner")
                        .text("variation-key")
                        .equals(first ? "on" : "off")))
        .isZero();
  }

  @Test
  void pages_ofOneVisitorAtOnce_getSeparateVariations() {
    assertThat(
            wrongOf(
                (browser, first) ->
                    first
                        ? shows(browser.open("cart"), "cart-note")
                        : browser
                            .open("feature.jsp?key=cart-note")
                            .text("variation-key")
                            .equals("off")))
        .isZero();
  }

  /** Counts the wrong responses to many requests of one visitor, of two kinds in turn. */
  private int wrongOf(BiPredicate<Browser, Boolean> isRight) {
    String code = new Browser(base).open("").cookieCode();
    List<Integer> wrong =
        Crowd.atOnce(
            THREADS,
            thread -> {
              Browser browser = new Browser(base, code);
              int mistakes = 0;
              for (int i = 0; i < REQUESTS / THREADS; i++) {
                mistakes += isRight.test(browser, (i + thread) % 2 == 0) ? 0 : 1;
              }
              return mistakes;
            });
    return wrong.stream().mapToInt(Integer::intValue).sum();
  }
}
