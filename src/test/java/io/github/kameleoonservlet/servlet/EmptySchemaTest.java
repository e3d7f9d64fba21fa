package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests a database whose schema the application creates after its filters have started. */
class EmptySchemaTest {

  private static final String URL = "jdbc:h2:mem:empty-schema-test";

  @Test
  void filter_emptySchema_createsTableAtFirstRequest() throws Exception {
    try (Connection application = DriverManager.getConnection(URL)) {
      MockFilterConfig config = new MockFilterConfig("visitor");
      config.addInitParameter("jdbcUrl", URL);
      config.addInitParameter(
          "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
      KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
      filter.init(config);
      assertThat(tables(application)).isZero();
      application.createStatement().execute("create table schema_history (id int primary key)");
      assertThat(tables(application)).isEqualTo(1);

      filter.doFilter(
          new MockHttpServletRequest(), new MockHttpServletResponse(), new MockFilterChain());

      await().until(() -> tables(application) == 2);
      filter.destroy();
    }
  }

  @Test
  void filter_validateAndTableCreatedAfterStart_issuesCodesAtFirstRequests() throws Exception {
    String url = URL + "-validate";
    try (Connection application = DriverManager.getConnection(url)) {
      MockFilterConfig config = new MockFilterConfig("visitor");
      config.addInitParameter("jdbcUrl", url);
      config.addInitParameter("storeSchema", "validate");
      config.addInitParameter("storeTimeoutMillis", "10000");
      config.addInitParameter("userId", "request:user");
      config.addInitParameter(
          "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
      KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
      filter.init(config);
      application
          .createStatement()
          .execute(
              "create table kameleoon_visitor_code (code varchar(100) primary key, user_key"
                  + " varchar(64) unique, linked_at timestamp(3) not null)");

      MockHttpServletRequest request = new MockHttpServletRequest();
      request.setAttribute("user", "user-1");
      filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());

      Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
      assertThat(visitor.getOutcome()).isEqualTo(Outcome.LINKED);
      filter.destroy();
    }
  }

  private static int tables(Connection connection) throws SQLException {
    try (ResultSet count =
        connection
            .createStatement()
            .executeQuery(
                "select count(*) from information_schema.tables where table_schema = 'PUBLIC'")) {
      count.next();
      return count.getInt(1);
    }
  }
}
