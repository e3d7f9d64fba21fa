package io.github.kameleoonservlet.installer;

import static io.github.kameleoonservlet.installer.WebXml.filter;
import static io.github.kameleoonservlet.installer.WebXml.installed;
import static io.github.kameleoonservlet.installer.WebXml.mapping;
import static io.github.kameleoonservlet.installer.WebXml.read;
import static io.github.kameleoonservlet.installer.WebXml.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentDescriptorTest {

  private static final String OWN = "io.github.kameleoonservlet.servlet.KameleoonVisitorFilter";
  private static final String API = "io.github.kameleoonservlet.servlet.KameleoonVisitorServlet";

  @ParameterizedTest
  @CsvSource({
    "2.3, JAVAX",
    "2.4, JAVAX",
    "2.5, JAVAX",
    "3.0, JAVAX",
    "3.1, JAVAX",
    "4.0, JAVAX",
    "5.0, JAKARTA",
    "6.0, JAKARTA",
    "6.1, JAKARTA",
    "none,"
  })
  void edition_isThatOfTheVersion(String version, Edition edition) throws Exception {
    assertThat(read(WebXml.of(version, "")).edition()).isEqualTo(edition);
  }

  @ParameterizedTest
  @CsvSource({
    "2.3, false, ''",
    "2.4, false, REQUEST FORWARD ERROR",
    "2.5, false, REQUEST FORWARD ERROR",
    "3.0, true, REQUEST FORWARD ASYNC ERROR",
    "4.0, true, REQUEST FORWARD ASYNC ERROR",
    "6.1, true, REQUEST FORWARD ASYNC ERROR",
    "none, true, REQUEST FORWARD ASYNC ERROR"
  })
  void filter_containsWhatTheVersionKnows(String version, boolean async, String dispatchers)
      throws Exception {
    DeploymentDescriptor changed = installed(WebXml.of(version, ""));

    assertThat(text(changed).contains("<async-supported>true</async-supported>")).isEqualTo(async);
    assertThat(dispatchers(changed)).isEqualTo(dispatchers);
    assertThat(changed.changes().stream().anyMatch(line -> line.contains("no <async-supported>")))
        .isEqualTo(!async);
    assertThat(changed.changes().stream().anyMatch(line -> line.contains("no <dispatcher>")))
        .isEqualTo(version.equals("2.3"));
  }

  @Test
  void oldVersionThatUsesNewerElements_getsThemToo() throws Exception {
    DeploymentDescriptor changed =
        installed(
            WebXml.of(
                "2.3",
                mapping("a", "/*").replace("</filter-m", "<dispatcher>ERROR</dispatcher></filter-m")
                    + "<servlet><async-supported>true</async-supported></servlet>"));

    assertThat(text(changed)).contains("<dispatcher>ASYNC</dispatcher>");
    assertThat(changed.changes()).noneMatch(line -> line.contains("version 2.3"));
  }

  @Test
  void settings_areEscapedAndInTheirOrder() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("userId", "session:user.id");
    settings.put("jdbcUrl", "jdbc:x:a=1&b=<\"2\">]]>\r\n'é€😀");

    DeploymentDescriptor changed = read(WebXml.of("4.0", "")).withVisitorFilter(settings, null);

    XmlElement added = WebXml.elements(changed, "filter").findFirst().orElseThrow();
    assertThat(added.children("init-param").map(param -> param.childText("param-name")).toList())
        .containsExactly("userId", "jdbcUrl");
    assertThat(added.children("init-param").map(param -> param.childText("param-value")).toList())
        .containsExactlyElementsOf(settings.values());
    assertThat(changed.changes())
        .contains("Added the filter kameleoonVisitor with the settings userId, jdbcUrl.");
  }

  @Test
  void oneSetting_isNamedAsOne() throws Exception {
    DeploymentDescriptor changed =
        read(WebXml.of("4.0", "")).withVisitorFilter(Map.of("dataFile", "/WEB-INF/a.json"), null);

    assertThat(changed.changes())
        .contains("Added the filter kameleoonVisitor with the setting dataFile.");
  }

  @Test
  void setting_withForbiddenCharacter_isRefusedWithoutItsValue() {
    assertThatThrownBy(
            () ->
                read(WebXml.of("4.0", "")).withVisitorFilter(Map.of("clientSecret", "a\0b"), null))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The setting clientSecret contains the character U+0000, which XML does not allow.");
  }

  @Test
  void name_takenByAnotherFilter_getsANumber() throws Exception {
    DeploymentDescriptor changed =
        installed(
            WebXml.of("4.0", filter("kameleoonVisitor", "A") + mapping("kameleoonVisitor2", "/*")));

    assertThat(WebXml.mappedFilters(changed)).startsWith("kameleoonVisitor3");
  }

  @Test
  void visitorFilter_alreadyThere_isNotAddedAgain() throws Exception {
    String xml = WebXml.of("4.0", filter("k", OWN) + mapping("k", "/*") + mapping("a", "/*"));
    DeploymentDescriptor changed = installed(xml);

    assertThat(text(changed)).isEqualTo(xml);
    assertThat(changed.changes())
        .containsExactly("The filter k is there already. Its settings were not changed.");
  }

  @Test
  void visitorFilter_withoutMapping_isReported() throws Exception {
    assertThat(installed(WebXml.of("4.0", filter("k", OWN))).changes())
        .contains("The filter k has no mapping to a URL pattern for requests. Add its mapping.");
  }

  @Test
  void visitorFilter_beforeSignInFilter_isReported() throws Exception {
    String shiro = filter("shiro", "org.apache.shiro.web.servlet.ShiroFilter");
    assertThat(
            installed(
                    WebXml.of(
                        "4.0",
                        filter("k", OWN) + shiro + mapping("k", "/*") + mapping("shiro", "/*")))
                .changes())
        .contains(
            "Its mapping is in the wrong place: move it behind that of the filter shiro, which"
                + " must run before.");
  }

  @Test
  void visitorFilter_behindOtherFilters_isReportedUnlessTheyAreHarmless() throws Exception {
    assertThat(
            installed(
                    WebXml.of(
                        "4.0",
                        filter("k", OWN)
                            + filter(
                                "utf8", "org.springframework.web.filter.CharacterEncodingFilter")
                            + mapping("utf8", "/*")
                            + mapping("gzip", "/*")
                            + mapping("k", "/*")))
                .changes())
        .contains("Its mapping is in the wrong place: move it before those of the filters gzip.");
  }

  @Test
  void secondRun_changesNothing() throws Exception {
    DeploymentDescriptor once =
        installed(WebXml.of("3.0", "\n  <servlet/>\n")).withApi("/api/*", null);
    DeploymentDescriptor twice =
        DeploymentDescriptor.read(once.bytes())
            .withVisitorFilter(Map.of("siteCode", "other"), null)
            .withApi("/other/*", null);

    assertThat(twice.bytes()).isEqualTo(once.bytes());
    assertThat(twice.changes())
        .containsExactly(
            "The filter kameleoonVisitor is there already. Its settings were not changed.",
            "The API is there already, at /api/*.");
  }

  @Test
  void api_isAServletWithAMapping() throws Exception {
    DeploymentDescriptor changed =
        read(WebXml.of("2.3", "<servlet/><servlet-mapping/><session-config/>"))
            .withApi("/api/*", null);

    assertThat(WebXml.order(changed))
        .containsExactly(
            "servlet", "servlet", "servlet-mapping", "servlet-mapping", "session-config");
    assertThat(
            WebXml.elements(changed, "servlet").map(servlet -> servlet.childText("servlet-name")))
        .containsExactly("", "kameleoonApi");
    assertThat(
            WebXml.elements(changed, "servlet").map(servlet -> servlet.childText("servlet-class")))
        .containsExactly("", API);
    assertThat(changed.changes())
        .containsExactly("Added the API at /api/*, by the servlet kameleoonApi.");
  }

  @Test
  void api_withSignInFilterOnOtherPaths_isReported() throws Exception {
    String shiro = WebXml.filter("shiro", "org.apache.shiro.web.servlet.ShiroFilter");

    for (String pattern : List.of("/wiki/*", "*.jsp", "/api", "/apis/*", "/api/pages/*")) {
      assertThat(
              read(WebXml.of("4.0", shiro + WebXml.mapping("shiro", pattern)))
                  .withApi("/api/*", null)
                  .changes())
          .as(pattern)
          .contains(
              "The API does not see the users, because none of these filters runs for /api/*: shiro."
                  + " Add the <url-pattern> /api/* to the mapping of the filter that signs users in.");
    }
    for (String pattern : List.of("/*", "/api/*", "/wiki/*</url-pattern><url-pattern>/api/*")) {
      assertThat(
              read(WebXml.of("4.0", shiro + WebXml.mapping("shiro", pattern)))
                  .withApi("/api/*", null)
                  .changes())
          .as(pattern)
          .containsExactly("Added the API at /api/*, by the servlet kameleoonApi.");
    }
  }

  @Test
  void api_declaredWithoutMapping_getsOne() throws Exception {
    DeploymentDescriptor changed =
        read(WebXml.of(
                "4.0",
                "<servlet><servlet-name>a</servlet-name><servlet-class>"
                    + API
                    + "</servlet-class></servlet>"))
            .withApi("/api/*", null);

    assertThat(WebXml.order(changed)).containsExactly("servlet", "servlet-mapping");
    assertThat(
            WebXml.elements(changed, "servlet-mapping")
                .map(mapping -> mapping.childText("servlet-name")))
        .containsExactly("a");
  }

  @Test
  void api_atThePatternOfAnotherServlet_isRefused() {
    assertThatThrownBy(
            () ->
                read(WebXml.of(
                        "4.0",
                        "<servlet-mapping><servlet-name>rest</servlet-name>"
                            + "<url-pattern>/x</url-pattern><url-pattern> /api/*\n"
                            + "</url-pattern></servlet-mapping>"))
                    .withApi("/api/*", null))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The API cannot be mapped to /api/*, because the servlet rest has this pattern in"
                + " WEB-INF/web.xml. Name another path.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/*", "api/*", "/api", "*.do", "/a b/*", "/a*/*"})
  void api_atAPatternThatIsNoPath_isRefused(String pattern) {
    assertThatThrownBy(() -> read(WebXml.of("4.0", "")).withApi(pattern, null))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The API cannot be mapped to " + pattern + ". Name a path that ends in /*, as /api/*.");
  }

  @Test
  void created_hasTheVersionOfTheEdition() throws Exception {
    for (Edition edition : Edition.values()) {
      DeploymentDescriptor created = DeploymentDescriptor.create(edition);

      assertThat(created.edition()).isEqualTo(edition);
      assertThat(created.hasVisitorFilter()).isFalse();
      assertThat(text(created)).doesNotContain("metadata-complete");
      assertThat(created.withVisitorFilter(Map.of(), null).hasVisitorFilter()).isTrue();
    }
    assertThat(DeploymentDescriptor.create(Edition.JAVAX).changes())
        .isEqualTo(List.of("Created WEB-INF/web.xml, version 4.0."));
  }

  private static String dispatchers(DeploymentDescriptor changed) throws RefusedException {
    return String.join(
        " ",
        WebXml.elements(changed, "filter-mapping")
            .findFirst()
            .orElseThrow()
            .childTexts("dispatcher"));
  }
}
