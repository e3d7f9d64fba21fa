package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A database that the application fills after its filters have started. */
class EmptySchemaTest {

  private static final String URL = "jdbc:h2:mem:empty-schema-test";

  @Test
  void filter_emptySchema_createsItsTableWithTheFirstRequestAndNotBefore() throws Exception {
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
