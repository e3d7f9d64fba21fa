package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLEncoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the tag library in the packaged jar: a web app needs only its URI in a page. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TagsIT {

  @ArquillianResource private URL url;
  private URI base;

  @Deployment(testable = false)
  static WebArchive pages() {
    return Wars.folder("tags");
  }

  @BeforeEach
  void findPages() throws URISyntaxException {
    base = url.toURI();
  }

  @Test
  void tags_inPage_showVariations() {
    Page page = new Browser(base).open("shop/index.jsp");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text("variation")).isEqualTo("free");
    assertThat(page.text("other-variation")).isEmpty();
    assertThat(page.text("active")).isEqualTo("free");
    assertThat(page.text("inactive")).isEmpty();
    assertThat(page.text("no-feature")).isEmpty();
    assertThat(page.text("variable")).isEqualTo("2500");
    assertThat(page.text("default")).isEqualTo("&lt;none&gt;");
    assertThat(page.text("json")).startsWith("{&#34;tone&#34;:&#34;").endsWith("}");
  }

  @Test
  void explain_inPage_printsRules() {
    String body = new Browser(base).open("shop/index.jsp").body();

    assertThat(body.substring(body.indexOf("<pre>")))
        .startsWith("<pre>free-shipping = on (ASSIGNED, experiment 7102)\n  rule 5102")
        .contains("everybody, exposition 100.0 %, within it, decides</pre>");
  }

  @Test
  void scriptlet_insideTag_runsWhenBodyIsShown() {
    Browser browser = new Browser(base);

    for (int visit = 0; visit < 3; visit++) {
      Page page = browser.open("shop/scriptlets.jsp");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text("variation")).isEqualTo("free");
      assertThat(page.text("active")).isEqualTo("012");
      assertThat(page.text("nested")).isEqualTo("outer inner2 most");
      assertThat(page.text("end")).isEqualTo("the end");
    }
  }

  @Test
  void tag_reusedByServer_hasOnlyNewAttributes() {
    Browser browser = new Browser(base);

    for (int visit = 0; visit < 3; visit++) {
      assertThat(browser.open("shop/scriptlets.jsp?end=1").body()).doesNotContain("the end");
      Page page = browser.open("shop/scriptlets.jsp");
      assertThat(page.text("loop")).isEqualTo("[free-shipping][][][free-shipping]");
      assertThat(page.text("keys")).isEqualTo("[on][][][on]");
      assertThat(page.text("thrown")).isEqualTo("[0][caught][2]");
      assertThat(page.text("continued")).isEqualTo("[0][[2]");
      assertThat(page.text("after")).isEqualTo("still");
    }
  }

  @Test
  void tracking_atEndOfPage_printsCodeOfCookieAndExposures() {
    Browser browser = new Browser(base);
    Page page = browser.open("shop/index.jsp?nonce=r4nd0m%2B%22%3E");
    assertThat(page.status()).isEqualTo(200);

    assertThat(page.body().substring(page.body().indexOf("<script")))
        .startsWith("<script nonce=\"r4nd0m+&#34;&gt;\">(function(")
        .contains("(window,document,\"" + browser.code() + "\",function(){")
        .contains("['Experiments.assignVariation',7101,", "['Experiments.trigger',7101,true]")
        .containsOnlyOnce("</script>");
    assertThat(page.header("cache-control")).anyMatch(value -> value.contains("private"));
  }

  private String previewLink(String feature, String variation) {
    String page = URLEncoder.encode(base.resolve("shop/index.jsp?nonce=r4nd0m").toString(), UTF_8);
    String query = "?page=" + page + "&feature=" + feature + "&variation=" + variation;
    return new Browser(base).open("preview-link.jsp" + query).body().strip();
  }

  @Test
  void previewLinks_inOneBrowser_showVariationsAndOneBadge() {
    Browser browser = new Browser(base);
    Browser other = new Browser(base);
    browser.open(previewLink("free-shipping", "off"));
    Page page = browser.open(previewLink("one-click-order", "on"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text("variation")).isEmpty();
    assertThat(page.text("other-variation")).isEqualTo("paid");
    assertThat(page.text("inactive")).isEqualTo("one click");
    assertThat(page.body())
        .containsOnlyOnce("<div class=\"kameleoon-preview\"")
        .containsOnlyOnce("<style nonce=\"r4nd0m\">.kameleoon-preview{")
        .contains("<span>free-shipping: off, one-click-order: on</span>")
        .doesNotContain("Experiments.assignVariation");
    assertThat(page.header("cache-control")).anyMatch(value -> value.contains("no-store"));
    assertThat(page.header("set-cookie"))
        .anyMatch(value -> value.matches("(?i)kameleoonPreview=1\\..*; httponly.*"));
    assertThat(other.open("shop/index.jsp").text("variation")).isEqualTo("free");
  }

  @Test
  void endLink_ofBadge_endsPreview() {
    Browser browser = new Browser(base);
    String body = browser.open(previewLink("free-shipping", "off")).body();
    Matcher end = Pattern.compile("<a href=\"([^\"]*)\">End preview</a>").matcher(body);
    assertThat(end.find()).isTrue();
    assertThat(browser.open("shop/index.jsp").text("other-variation")).isEqualTo("paid");

    Page ended = browser.open("shop/index.jsp" + end.group(1).replace("&amp;", "&"));

    assertThat(end.group(1)).isEqualTo("?nonce=r4nd0m&amp;kameleoonPreview=end");
    assertThat(ended.text("variation")).isEqualTo("free");
    assertThat(ended.body())
        .doesNotContain("kameleoon-preview")
        .contains("Experiments.assignVariation");
    assertThat(browser.cookieHeader()).doesNotContain("kameleoonPreview");
  }

  @Test
  void link_forged_changesNothing() {
    String link = previewLink("free-shipping", "off");
    String forged = link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A");
    Browser browser = new Browser(base);

    assertThat(browser.open(forged).text("variation")).isEqualTo("free");
    assertThat(browser.cookieHeader()).doesNotContain("kameleoonPreview");
  }

  @Test
  void tags_withoutFilter_showEveryFeatureAsOff() {
    Page page = new Browser(base).open("without-filter.jsp");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text("variation")).isEmpty();
    assertThat(page.text("other-variation")).isEqualTo("paid");
    assertThat(page.text("active")).isEmpty();
    assertThat(page.text("variable")).isEqualTo("no");
    assertThat(page.text("json")).isEmpty();
    assertThat(page.body()).doesNotContain("<script", "<pre");
  }
}
