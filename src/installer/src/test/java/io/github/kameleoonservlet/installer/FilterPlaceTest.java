package io.github.kameleoonservlet.installer;

import static io.github.kameleoonservlet.installer.WebXml.filter;
import static io.github.kameleoonservlet.installer.WebXml.installed;
import static io.github.kameleoonservlet.installer.WebXml.mappedFilters;
import static io.github.kameleoonservlet.installer.WebXml.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPlaceTest {

  private static final String SPRING_PROXY = "org.springframework.web.filter.DelegatingFilterProxy";

  @Test
  void mapping_withoutSignInFilter_isFirst() throws Exception {
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "3.1",
                filter("encoding", "org.example.EncodingFilter")
                    + mapping("encoding", "/*")
                    + mapping("other", "/*")));

    assertThat(mappedFilters(changed)).containsExactly("kameleoonVisitor", "encoding", "other");
    assertThat(changed.changes())
        .contains("Its mapping stands before all others.")
        .anyMatch(line -> line.contains("AbstractSecurityWebApplicationInitializer"));
  }

  @ParameterizedTest
  @CsvSource({
    "springSecurityFilterChain, org.springframework.web.filter.DelegatingFilterProxy",
    "shiroFilter, org.springframework.web.filter.DelegatingFilterProxy",
    "springSessionRepositoryFilter, org.springframework.web.filter.DelegatingFilterProxy",
    "springSecurityFilterChain, org.example.OwnDelegatingFilterProxy",
    "acegi, org.acegisecurity.util.FilterToBeanProxy",
    "chain, org.springframework.security.util.FilterToBeanProxy",
    "chain, org.springframework.security.web.FilterChainProxy",
    "shiro, org.apache.shiro.web.servlet.ShiroFilter",
    "shiro, org.apache.shiro.web.servlet.IniShiroFilter",
    "cas, org.jasig.cas.client.util.HttpServletRequestWrapperFilter",
    "cas, org.apereo.cas.client.util.AssertionThreadLocalFilter",
    "keycloak, org.keycloak.adapters.servlet.KeycloakOIDCFilter",
    "pac4j, org.pac4j.jee.filter.SecurityFilter",
    "waffle, waffle.servlet.NegotiateSecurityFilter",
    "wiki, org.apache.wiki.ui.WikiServletFilter"
  })
  void mapping_withSignInFilter_isBehindIt(String name, String type) throws Exception {
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "3.1",
                filter(name, " " + type + "\n") + mapping(name, "/*") + mapping("other", "/*")));

    assertThat(mappedFilters(changed)).containsExactly(name, "kameleoonVisitor", "other");
    assertThat(changed.changes())
        .contains(
            "Its mapping stands behind that of the filter " + name + ", which must run before.")
        .noneMatch(line -> line.contains("--after-filter"));
  }

  @Test
  void proxyOfAnotherBean_isNoSignInFilter() throws Exception {
    DeploymentDescriptor changed =
        installed(WebXml.of("3.1", filter("audit", SPRING_PROXY) + mapping("audit", "/*")));

    assertThat(mappedFilters(changed)).containsExactly("kameleoonVisitor", "audit");
  }

  @Test
  void proxyWithBeanNameInInitParam_isSignInFilter() throws Exception {
    String proxy =
        filter("security", SPRING_PROXY)
            .replace(
                "</filter>",
                "<init-param><param-name>targetBeanName</param-name>"
                    + "<param-value>springSecurityFilterChain</param-value></init-param></filter>");

    DeploymentDescriptor changed =
        installed(WebXml.of("3.1", proxy + mapping("security", "/*") + mapping("other", "/*")));

    assertThat(mappedFilters(changed)).containsExactly("security", "kameleoonVisitor", "other");
  }

  @Test
  void mapping_behindLastSignInMappingForAllRequests() throws Exception {
    String forwards =
        mapping("shiro", "/*")
            .replace("</filter-mapping>", "<dispatcher>FORWARD</dispatcher></filter-mapping>");
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "3.1",
                filter("shiro", "org.apache.shiro.web.servlet.ShiroFilter")
                    + mapping("early", "/*")
                    + mapping("shiro", "/admin/*")
                    + mapping("shiro", "/*")
                    + mapping("other", "/*")
                    + mapping("shiro", "/late/*")
                    + forwards));

    assertThat(mappedFilters(changed))
        .containsExactly("early", "shiro", "shiro", "kameleoonVisitor", "other", "shiro", "shiro");
    assertThat(changed.changes()).contains("These filters run before it, too: early.");
  }

  @Test
  void mapping_signInFilterForSomePaths_isBehindItsLastMapping() throws Exception {
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "3.1",
                filter("one", "org.apache.wiki.ui.WikiServletFilter")
                    + filter("two", "org.apache.wiki.ui.WikiJSPFilter")
                    + mapping("one", "/attach/*")
                    + mapping("two", "*.jsp")
                    + mapping("other", "/*")));

    assertThat(mappedFilters(changed)).containsExactly("one", "two", "kameleoonVisitor", "other");
  }

  @Test
  void signInFilterOfServletsOnly_isNamed() throws Exception {
    String toServlet = mapping("shiro", "main").replace("url-pattern", "servlet-name");
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "3.1", filter("shiro", "org.apache.shiro.web.servlet.ShiroFilter") + toServlet));

    assertThat(changed.changes())
        .anyMatch(
            line ->
                line.startsWith(
                    "The filter shiro has no mapping to a URL pattern for requests, so it runs"
                        + " later or not at all."));
  }

  @Test
  void namedFilter_isTheOnlyOneThatCounts() throws Exception {
    String xml =
        WebXml.of(
            "3.1",
            filter("login", "org.example.Login")
                + filter("shiro", "org.apache.shiro.web.servlet.ShiroFilter")
                + mapping("login", "/*")
                + mapping("shiro", "/*"));

    assertThat(mappedFilters(installed(xml.getBytes(UTF_8), "login")))
        .containsExactly("login", "kameleoonVisitor", "shiro");
  }

  @Test
  void namedFilter_withoutMapping_isRefused() {
    String xml = WebXml.of("3.1", mapping("one", "/*") + mapping("two", "/*"));

    assertThatThrownBy(() -> installed(xml.getBytes(UTF_8), "three"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "WEB-INF/web.xml maps no filter three to a URL pattern for requests. It maps: one,"
                + " two.");
  }

  @Test
  void version23_filterAndMapping_areInThePrescribedOrder() throws Exception {
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "2.3",
                "<display-name>x</display-name><context-param/>"
                    + filter("a", "A")
                    + filter("b", "B")
                    + mapping("a", "/*")
                    + "<listener/><servlet/>"));

    assertThat(WebXml.order(changed))
        .containsExactly(
            "display-name",
            "context-param",
            "filter",
            "filter",
            "filter",
            "filter-mapping",
            "filter-mapping",
            "listener",
            "servlet");
    assertThat(mappedFilters(changed)).containsExactly("kameleoonVisitor", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.3", "2.5", "6.0"})
  void withoutFilters_bothAreBehindTheContextParams(String version) throws Exception {
    DeploymentDescriptor changed =
        installed(WebXml.of(version, "<display-name>x</display-name><context-param/><listener/>"));

    assertThat(WebXml.order(changed))
        .isEqualTo(
            List.of("display-name", "context-param", "filter", "filter-mapping", "listener"));
    assertThat(changed.changes()).contains("Its mapping is the only one.");
  }
}
