package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.kameleoon.ApplicationsClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests old code that calls {@code getVisitorCode(request, response)} of Kameleoon's SDK. On a
 * server with {@code jakarta.servlet} the SDK gets proxies of the request and the response.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OldCodeIT {

  @ArquillianResource private URL url;
  private URI base;

  @Deployment(testable = false)
  static WebArchive pages() {
    return Wars.folder("old-code")
        .addClasses(OldCodePage.class, OldCodeFilter.class, ApplicationsClient.class);
  }

  @BeforeEach
  void findPages() throws URISyntaxException {
    base = url.toURI();
  }

  private static void assertOneCode(Page page, String code) {
    assertThat(page.code()).isEqualTo(code);
    assertThat(page.text("again")).isEqualTo(code);
    assertThat(page.text("attribute-code")).isEqualTo(code);
    assertThat(page.header("cache-control")).anyMatch(value -> value.contains("private"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "old/page",
        "old/json",
        "old/forward",
        "old/error",
        "old/exception",
        "old/dispatch",
        "old/thread"
      })
  void visitorCode_newBrowser_isCodeOfTheOnlyCookie(String path) {
    Browser browser = new Browser(base);

    Page page = browser.open(path);

    assertThat(page.cookieCode()).matches("[a-z0-9]{16}");
    assertThat(page.visitorCookies()).singleElement().asString().containsIgnoringCase("SameSite");
    assertOneCode(page, page.cookieCode());
    assertOneCode(browser.open(path), page.cookieCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "old/page",
        "old/json",
        "old/forward",
        "old/error",
        "old/exception",
        "old/dispatch",
        "old/thread"
      })
  void visitorCode_secondBrowserOfUser_isStoredCode(String path) {
    String user = "user-of-" + path;
    Browser first = new Browser(base, "first-" + path.hashCode());
    first.open("old/page?user=" + user);
    first.open("old/page");
    Browser second = new Browser(base, "second");
    second.fetch("old/json?user=" + user);

    Page page = second.open(path);

    assertOneCode(page, "first-" + path.hashCode());
    assertThat(second.code()).isEqualTo("first-" + path.hashCode());
    assertOneCode(second.open(path), "first-" + path.hashCode());
  }

  @Test
  void visitorCode_file_isStoredCodeWithoutCookie() {
    Browser first = new Browser(base, "of-files");
    first.open("old/page?user=reader");
    first.open("old/page");
    Browser second = new Browser(base, "second");
    second.fetch("old/json?user=reader");

    Page file = second.fetch("shop.css");

    assertThat(file.body()).contains("margin");
    assertThat(file.header("x-code")).containsExactly("of-files");
    assertThat(file.visitorCookies()).isEmpty();
  }
}
