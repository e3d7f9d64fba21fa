package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a filter that is mapped three times, in a descriptor with {@code metadata-complete}. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FilterMappedThreeTimesIT {

  @ArquillianResource private URL url;

  @Deployment(testable = false)
  static WebArchive pages() {
    return Wars.folder("small").addClasses(SmallPage.class, HeaderOperators.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page?feature=free-shipping",
        "a.html?feature=free-shipping",
        "page?feature=free-shipping&forward=/a.html",
        "a.html?feature=free-shipping&forward=/page"
      })
  void request_filteredSeveralTimes_hasOneVisitorAndOneCookie(String path)
      throws URISyntaxException {
    Browser browser = new Browser(url.toURI());
    Page page = browser.open(path);

    assertThat(page.visitorCookies()).hasSize(1);
    assertThat(page.cookieCode()).isEqualTo(page.code()).matches("[a-z0-9]{16}");
    assertThat(page.outcome()).isEqualTo("ISSUED");
    assertThat(page.text("same-visitor")).isEqualTo(String.valueOf(path.contains("forward")));
    assertThat(page.text("variation")).contains("free-shipping=on");
    assertThat(browser.open(path).code()).isEqualTo(page.code());
  }
}
