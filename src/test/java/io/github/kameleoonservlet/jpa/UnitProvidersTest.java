package io.github.kameleoonservlet.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
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
}
