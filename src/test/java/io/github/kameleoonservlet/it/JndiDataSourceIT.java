package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that the store keeps the links in a data source of the server, a JNDI {@code <Resource>}.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class JndiDataSourceIT {

  @ArquillianResource private URL url;

  @Deployment(testable = false)
  static WebArchive pages() {
    return Wars.folder("jndi");
  }

  @Test
  void link_dataSourceOfServer_isStoredThere() throws URISyntaxException {
    Browser browser = new Browser(url.toURI());
    Page anonymous = Shop.home(browser);
    browser.open("?user=user-1");
    Page known = Shop.home(browser);

    assertThat(anonymous.text("rows")).isNotEqualTo("1");
    assertThat(known.user()).isEqualTo("user-1");
    assertThat(known.code()).isEqualTo(anonymous.code());
    assertThat(known.text("rows")).isEqualTo("1");
  }
}
