package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterConfig;

class JndiDataSourceTest {

  @Test
  void dataSource_notBound_errorNamesPath() {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), name -> null);

    assertThatThrownBy(() -> JndiDataSource.named(parameters, "jdbc/shop"))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(
            "'dataSource'", "'jdbc/shop'", "no data source under java:comp/env/jdbc/shop");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc/shop, java:comp/env/jdbc/shop",
    "java:/shop, java:/shop",
    "java:comp/env/jdbc/shop, java:comp/env/jdbc/shop"
  })
  void dataSource_bound_isReturned(String name, String path) throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);
    JdbcDataSource shops = new JdbcDataSource();
    try (Directory directory = new Directory(path, shops)) {
      assertThat(directory.name()).isEqualTo(path);
      assertThat(JndiDataSource.named(parameters, name)).isSameAs(shops);
      assertThat(JndiDataSource.ofUnit(parameters, "unit", name)).isSameAs(shops);
    }
  }

  @Test
  void dataSource_otherObject_errorNamesPath() throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);
    try (Directory directory = new Directory("java:comp/env/jdbc/shop", List.of())) {
      assertThatThrownBy(() -> JndiDataSource.named(parameters, "jdbc/shop"))
          .isInstanceOf(ServletException.class)
          .hasMessageContainingAll("'dataSource'", directory.name() + " is");
      assertThatThrownBy(() -> JndiDataSource.ofUnit(parameters, "orders", "jdbc/shop"))
          .isInstanceOf(ServletException.class)
          .hasMessageContainingAll("'persistenceUnit'", "'orders'", directory.name() + " is");
    }
  }

  @Test
  void dataSource_unitWithoutDataSource_isNull() throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);

    assertThat(JndiDataSource.ofUnit(parameters, "orders", null)).isNull();
  }

  /** A naming service with one entry. */
  private record Directory(String name, String before) implements AutoCloseable {
    private static final String FACTORY = Context.INITIAL_CONTEXT_FACTORY;
    private static Object entry;
    private static String path;

    Directory(String name, Object bound) {
      this(name, System.getProperty(FACTORY));
      entry = bound;
      path = name;
      System.setProperty(FACTORY, Naming.class.getName());
    }

    @Override
    public void close() {
      if (before == null) {
        System.clearProperty(FACTORY);
      } else {
        System.setProperty(FACTORY, before);
      }
    }
  }

  /** A naming service that {@link InitialContext} creates. */
  public static final class Naming implements InitialContextFactory {
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
      return new InitialContext(true) {
        @Override
        public Object lookup(String name) throws NamingException {
          if (!name.equals(Directory.path)) {
            throw new NameNotFoundException(name);
          }
          return Directory.entry;
        }
      };
    }
  }
}
