package io.github.kameleoonservlet.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitProvidersTest {

  /** Set where Maven runs the tests of this package once more, with EclipseLink for Hibernate. */
  static final boolean ECLIPSELINK = Boolean.getBoolean("kameleoon.eclipselink");

  @Test
  void hibernate_isThere_unlessEclipseLinkIsToReplaceIt() {
    if (ECLIPSELINK) {
      assertThatThrownBy(() -> Class.forName("org.hibernate.SessionFactory"))
          .isInstanceOf(ClassNotFoundException.class);
    } else {
      assertThatCode(() -> Class.forName("org.hibernate.SessionFactory"))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "org.hibernate.jpa.HibernatePersistenceProvider",
        "org.eclipse.persistence.jpa.PersistenceProvider",
        "none.such.Provider"
      })
  void open_withOneProvider_takesItWhateverTheUnitWants(String wanted) {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:providers");

    try (StoreUnit unit = UnitProviders.open(h2, wanted)) {
      assertThat(unit.getClass().getSimpleName())
          .isEqualTo(ECLIPSELINK ? "ProviderUnit" : "HibernateUnit");
    }
  }

  /** As much as EclipseLink can print by the application's own settings. */
  @Test
  @EnabledIfSystemProperty(named = "kameleoon.eclipselink", matches = "true")
  void link_withEclipseLinkToldToSayAll_printsNeitherCodeNorSql() {
    Map<String, String> all =
        Map.of(
            "eclipselink.logging.level", "ALL",
            "eclipselink.logging.level.sql", "ALL",
            "eclipselink.logging.parameters", "true");
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    all.forEach(System::setProperty);
    System.setOut(new PrintStream(printed, true));
    try (JpaVisitorCodeStore store =
        JpaVisitorCodeStore.open(
            StoreDatabase.jdbc("jdbc:h2:mem:said", null, null), SchemaMode.CREATE)) {
      UserKey user = new UserKey("a".repeat(64));
      store.link(user, new VisitorCode("code-1"));
      assertThat(store.find(user)).isPresent();
      store.link(new UserKey("b".repeat(64)), new VisitorCode("code-1"));
    } finally {
      System.setOut(out);
      all.keySet().forEach(System::clearProperty);
    }
    assertThat(printed.toString()).doesNotContain("code-1", "aaaa", Schema.TABLE, "SELECT");
  }
}
