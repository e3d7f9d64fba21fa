package io.github.kameleoonservlet.servlet;

import static io.github.kameleoonservlet.identity.Outcome.UNRESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.testing.PersistenceXmlFolder;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the setting {@code persistenceUnit}, through the whole filter. */
class PersistenceUnitTest {

  private static final String URL = "jdbc:h2:mem:persistence-unit-test";

  @TempDir Path folder;
  private final MockFilterConfig config = new MockFilterConfig("visitor");

  private KameleoonVisitorFilter open(String units) throws Exception {
    config.addInitParameter("persistenceUnit", "shop");
    // The first user signs in while the table is created, which can take long on a slow machine.
    config.addInitParameter("storeTimeoutMillis", "60000");
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
    return new PersistenceXmlFolder(folder, units)
        .inside(
            () -> {
              filter.init(config);
              return filter;
            });
  }

  @Test
  void user_inTwoBrowsers_hasOneCodeInDatabaseOfUnit() throws Exception {
    try (Connection shop = DriverManager.getConnection(URL, "sa", "")) {
      KameleoonVisitorFilter filter = open(PersistenceXmlFolder.shop(URL));
      String code = codeOf(filter, "user-1", "one-browser");

      assertThat(code).isEqualTo("one-browser");
      assertThat(codeOf(filter, "user-1", "other-browser")).isEqualTo(code);
      assertThat(codeOf(filter, "user-2", "other-browser")).isEqualTo("other-browser");
      filter.destroy();
      try (var rows =
          shop.createStatement().executeQuery("select count(*) from kameleoon_visitor_code")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
    }
  }

  @Test
  void unit_databaseDown_deploysAndIsOpenedLater() throws Exception {
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      KameleoonVisitorFilter filter =
          open(PersistenceXmlFolder.shop("jdbc:postgresql://127.0.0.1:1/shop"));

      assertThat(codeOf(filter, null, "browser")).isEqualTo("browser");
      filter.destroy();
      assertThat(log.complaints()).noneMatch(line -> line.startsWith("ERROR"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<persistence-unit name='shop' transaction-type='JTA'>"
            + "<jta-data-source>java:/ShopDS</jta-data-source></persistence-unit>"
            + " | shop is JTA: set dataSource to java:/ShopDS",
        "<persistence-unit name='orders'/> | there are orders",
        "<persistence-unit name='shop'/> | set dataSource or jdbcUrl",
        "<persistence-unit name='shop'><non-jta-data-source>jdbc/shop</non-jta-data-source>"
            + "</persistence-unit> | the server finds no data source under java:comp/env/jdbc/shop"
      })
  void unit_unusable_failsDeployment(String units, String cure) {
    assertThatThrownBy(() -> open(units))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("'persistenceUnit'", "'visitor'", "'shop'", cure);
  }

  /**
   * Repeats the request until the store has responded, because a slow database may miss the
   * time-out.
   */
  private static String codeOf(KameleoonVisitorFilter filter, String user, String code) {
    return await()
        .until(() -> visitorOf(filter, user, code), visitor -> visitor.getOutcome() != UNRESOLVED)
        .getCode();
  }

  private static Visitor visitorOf(KameleoonVisitorFilter filter, String user, String code)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setServletPath("/");
    request.setAsyncSupported(true);
    request.setRemoteUser(user);
    request.addHeader("Cookie", "kameleoonVisitorCode=" + code);
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    return (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
  }
}
