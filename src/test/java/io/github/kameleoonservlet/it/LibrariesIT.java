package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which classes an application gets where the server has the same libraries as WEB-INF/lib.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LibrariesIT {

  private static final String ORIGIN =
      """
      <p id="origin"><%= Class.forName(request.getParameter("class"))
          .getProtectionDomain().getCodeSource().getLocation() %></p>
      """;

  private static final String SERVER = System.getProperty("arquillian.launch");

  @ArquillianResource private URL url;

  @Deployment(testable = false)
  static WebArchive pages() {
    return Wars.folder("tags").addAsWebResource(new StringAsset(ORIGIN), "origin.jsp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.zaxxer.hikari.HikariDataSource",
        "org.h2.Driver",
        "com.github.benmanes.caffeine.cache.Caffeine",
        "com.kameleoon.KameleoonClient",
        "javax.json.Json",
        "javax.servlet.http.HttpServletRequest",
        "org.apache.http.HttpHost",
        "org.apache.hc.client5.http.async.methods.SimpleHttpRequest",
        "org.apache.hc.core5.http.HttpHost",
        "org.apache.commons.lang3.tuple.Pair",
        "org.apache.commons.codec.digest.DigestUtils"
      })
  void library_ofWar_isLoadedFromWar(String name) throws URISyntaxException {
    assertThat(origin(name)).contains("/WEB-INF/lib/");
  }

  /** WildFly exports these libraries to every application, in front of the jars in WEB-INF/lib. */
  @ParameterizedTest
  @ValueSource(strings = {"jakarta.json.Json", "org.eclipse.parsson.JsonProviderImpl"})
  void library_ofWildFly_isLoadedFromServer(String name) throws URISyntaxException {
    assertThat(origin(name))
        .contains("wildfly".equals(SERVER) ? "/modules/system/" : "/WEB-INF/lib/");
  }

  @Test
  void slf4j_exceptOnTomcat_isLoadedFromServer() throws URISyntaxException {
    assertThat(origin("org.slf4j.Logger"))
        .contains("tomcat".equals(SERVER) ? "/WEB-INF/lib/slf4j-api-1.7" : "/slf4j-api-2.0");
  }

  /** The library brings no Hibernate into an application without Hibernate. */
  @ParameterizedTest
  @ValueSource(strings = {"org.hibernate.Session", "net.bytebuddy.ByteBuddy"})
  void hibernate_applicationBringsNone_isAbsent(String name) throws URISyntaxException {
    assertThat(new Browser(url.toURI()).open("origin.jsp?class=" + name).status()).isEqualTo(500);
  }

  private String origin(String name) throws URISyntaxException {
    Page page = new Browser(url.toURI()).open("origin.jsp?class=" + name);
    assertThat(page.status()).isEqualTo(200);
    return page.text("origin");
  }
}
