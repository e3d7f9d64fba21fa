package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.guard.SteeredCache;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import net.ttddyy.dsproxy.QueryCountHolder;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Counts the SQL statements of whole requests at the data source. */
class SqlPerRequestTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void statements_perRequest_areOneForUncachedUserAndElseNone() throws SQLException {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:sql-per-request");
    try (Connection keepsTheDatabase = h2.getConnection();
        JdbcVisitorCodeStore store =
            JdbcVisitorCodeStore.open(
                JdbcDatabase.of(ProxyDataSourceBuilder.create(h2).countQuery().build()),
                SchemaMode.CREATE)) {
      assertThat(keepsTheDatabase.isValid(1)).isTrue();
      store.link(
          new UserKeys(Set.of(), null, null).caller("user-1").key(), new VisitorCode("mine"));
      shop.store = SteeredCache.before(store);

      assertThat(statementsOf(null)).isZero();
      assertThat(statementsOf("user-1")).isEqualTo(1);
      assertThat(statementsOf("user-1")).isZero();
      assertThat(browser.code()).isEqualTo("mine");
    }
  }

  private long statementsOf(String user) {
    browser.user = user;
    QueryCountHolder.clear();
    browser.open(
        Page.reading(
            visitor -> {
              Variation banner = visitor.getVariations().get("banner");
              assertThat(banner.getKey()).isEqualTo("on");
              visitor.trackConversion(1, 2);
            }));
    return QueryCountHolder.getGrandTotal().getTotal();
  }
}
