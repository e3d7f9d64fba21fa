package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
  private static final boolean JAVAX = Wars.jar().getName().contains("-javax-");

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
        "org.apache.http.HttpHost",
        "org.apache.hc.client5.http.async.methods.SimpleHttpRequest",
        "org.apache.hc.core5.http.HttpHost",
        "org.apache.commons.lang3.tuple.Pair",
        "org.apache.commons.codec.digest.DigestUtils"
      })
  void library_ofWar_isLoadedFromWar(String name) throws URISyntaxException {
    assertThat(origin(name)).contains("/WEB-INF/lib/");
  }

  @Test
  void servletApiOfSdk_exceptInJavaxEdition_isLoadedFromWar() throws URISyntaxException {
    boolean ofWar = origin("javax.servlet.http.HttpServletRequest").contains("/WEB-INF/lib/");

    assertThat(ofWar).isEqualTo(!JAVAX);
  }

  static List<String> jsonOfJavaEe() {
    return List.of("javax.json.Json", "org.glassfish.json.JsonProviderImpl");
  }

  /** WildFly exports these libraries to every application, in front of the jars in WEB-INF/lib. */
  @ParameterizedTest
  @MethodSource("jsonOfJavaEe")
  void jsonOfSdk_exceptOnWildFlyOfJavaEe_isLoadedFromWar(String name) throws URISyntaxException {
    assertThat(origin(name))
        .contains("wildfly".equals(SERVER) && JAVAX ? "/modules/system/" : "/WEB-INF/lib/");
  }

  static List<String> jsonOfJakartaEe() {
    return JAVAX ? List.of() : List.of("jakarta.json.Json", "org.eclipse.parsson.JsonProviderImpl");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("jsonOfJakartaEe")
  void jsonOfJakartaEdition_onWildFly_isLoadedFromServer(String name) throws URISyntaxException {
    assertThat(origin(name))
        .contains("wildfly".equals(SERVER) ? "/modules/system/" : "/WEB-INF/lib/");
  }

  @Test
  void slf4j_exceptOnTomcat_isLoadedFromServer() throws URISyntaxException {
    boolean ofWar = origin("org.slf4j.Logger").contains("/WEB-INF/lib/slf4j-api-1.7");

    assertThat(ofWar).isEqualTo("tomcat".equals(SERVER));
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
