package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the shop where its own setting and the platform's require consent. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ConsentIT {

  private static final URI NODE = Wars.address("node-1");
  private static final URI OTHER_NODE = Wars.address("node-2");

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "node-1", testable = false)
  static WebArchive node() {
    return consentRequired("node-1");
  }

  @Deployment(name = "node-2", managed = false, testable = false)
  static WebArchive otherNode() {
    return consentRequired("node-2");
  }

  private static WebArchive consentRequired(String name) {
    return Wars.sample(
        name,
        Map.of(
            "env:KAMELEOON_CONSENT", "required",
            // The SDK then holds exposures back until each node has notified the SDK of the
            // consent.
            "\"consentType\": \"NOT_REQUIRED\"", "\"consentType\": \"REQUIRED\""));
  }

  @Test
  void consent_unanswered_writesAndSendsNothing() {
    List<String> before = SentLines.of(NODE, "");
    String code = newUser("before");
    Browser browser = new Browser(NODE, code);
    Browser without = new Browser(NODE);
    for (Browser each : new Browser[] {browser, without}) {
      Page home = each.open("");
      assertThat(home.outcome()).isEqualTo("WITHHELD");
      assertThat(home.code()).isEqualTo("none");
      assertThat(home.text("spring-offer")).isEqualTo("off");
      assertThat(home.text("free-shipping")).as("targeted delivery").isEqualTo("off");
      assertThat(home.body()).contains("id=\"consent-banner\"");
      assertThat(home.header("set-cookie")).isEmpty();
      Page delivery = each.open("feature.jsp?key=free-shipping");
      assertThat(delivery.text("variation-reason")).isEqualTo("WITHHELD");
      assertThat(delivery.header("set-cookie")).isEmpty();
      Page conversion = each.call("POST", "api/conversion", "{\"goalId\":301,\"revenue\":5}");
      assertThat(conversion.status()).isEqualTo(204);
      assertThat(conversion.header("set-cookie")).isEmpty();
      Page tracked =
          each.call("POST", "api/variation", "{\"featureKey\":\"free-shipping\",\"track\":true}");
      assertThat(tracked.json("visitorCode")).isEqualTo("null");
      assertThat(tracked.json("reason")).isEqualTo("WITHHELD");
      each.submit("cart", "product", "kettle");
      assertThat(each.submit("cart", "order", "yes").visitorCookies()).isEmpty();
    }

    assertThat(browser.code()).as("not deleted either").isEqualTo(code);
    assertThat(without.code()).isNull();
    List<String> sent = new ArrayList<>(SentLines.of(NODE, ""));
    sent.removeAll(before);
    assertThat(sent)
        .as("of the witnesses only")
        .isNotEmpty()
        .allMatch(line -> line.contains("visitorCode=witness"));
  }

  @Test
  void consent_unansweredAndSignedIn_linksNoUser() {
    Browser browser = new Browser(NODE, newUser("before"));
    Page withheld = browser.signIn(newUser("user-1"));
    Page answer = browser.call("GET", "api/visitorCode", null);

    assertThat(withheld.outcome()).isEqualTo("WITHHELD");
    assertThat(withheld.user()).startsWith("user-1");
    assertThat(answer.json("visitorCode")).isEqualTo("null");
    assertThat(answer.json("outcome")).isEqualTo("WITHHELD");
    assertThat(answer.visitorCookies()).isEmpty();
  }

  @Test
  void consent_granted_adoptsCodeAndSendsEvents() {
    String code = newUser("before");
    Browser browser = new Browser(NODE, code);
    browser.open("");
    Page answer = browser.call("POST", "api/consent", "{\"granted\":true}");

    assertThat(answer.json("visitorCode")).isEqualTo(code);
    assertThat(answer.json("outcome")).isEqualTo("RECOGNIZED");
    assertThat(browser.answer()).isEqualTo("granted");
    assertThat(browser.open("").text("spring-offer")).isIn("control", "treatment");
    assertThat(browser.open("").body())
        .contains("consent-withdraw")
        .doesNotContain("consent-banner");
    assertThat(SentLines.of(NODE, code))
        .anyMatch(line -> line.contains("id=7101"))
        .anyMatch(line -> line.contains("id=7102"));
  }

  @Test
  @Tag("redeploy")
  void consent_granted_isKeptOnOtherNodeAndAfterRestart() {
    String code = newUser("before");
    Browser browser = new Browser(NODE, code);
    browser.call("POST", "api/consent", "{\"granted\":true}");

    deployer.deploy("node-2");
    try {
      holds(browser.at(OTHER_NODE), OTHER_NODE, code);
      deployer.undeploy("node-2");
      deployer.deploy("node-2");
      holds(browser.at(OTHER_NODE), OTHER_NODE, code);
    } finally {
      deployer.undeploy("node-2");
    }
  }

  private static void holds(Browser browser, URI node, String code) {
    Page page = browser.open("feature.jsp?key=spring-offer");

    assertThat(page.text("variation-reason")).isEqualTo("ASSIGNED");
    assertThat(browser.code()).isEqualTo(code);
    assertThat(SentLines.of(node, code)).singleElement().asString().contains("id=7101");
  }

  @Test
  void consent_refused_deletesCookieAndSendsNothing() {
    Browser browser = new Browser(NODE);
    browser.call("POST", "api/consent", "{\"granted\":true}");
    browser.open("feature.jsp?key=spring-offer");
    String code = browser.code();
    int sent = SentLines.of(NODE, code).size();
    Page answer = browser.call("POST", "api/consent", "{\"granted\":false}");

    assertThat(sent).isEqualTo(1);
    assertThat(answer.json("visitorCode")).isEqualTo("null");
    assertThat(browser.code()).isNull();
    assertThat(browser.answer()).isNotNull().isNotEqualTo("granted");
    Page home = browser.open("");
    browser.call("POST", "api/conversion", "{\"goalId\":301}");
    assertThat(home.outcome()).isEqualTo("WITHHELD");
    assertThat(home.body()).contains("Take part after all").doesNotContain("consent-banner");
    assertThat(home.visitorCookies()).as("nothing is left to delete").isEmpty();
    assertThat(SentLines.of(NODE, code)).hasSize(sent);
    assertThat(new Browser(NODE, code).open("").outcome()).as("ask again").isEqualTo("WITHHELD");
  }
}
