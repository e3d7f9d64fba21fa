package io.github.kameleoonservlet.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hibernate.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitReaderTest {

  @Test
  void hibernate_onClassPath_isVersionOfThisBuild() {
    assertThat(Version.getVersionString()).isEqualTo(System.getProperty("hibernate.version"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "org.hibernate.jpa.HibernatePersistenceProvider",
        "org.hibernate.ejb.HibernatePersistence"
      })
  void reader_hibernateOrNoProvider_readsByHibernateWithoutWarning(String provider)
      throws SQLException {
    try (RecordedLog log = new RecordedLog(Level.DEBUG);
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement();
        LinkReader reader = UnitReader.of(provider)) {
      statement.execute("create table kameleoon_visitor_code (code varchar, user_key varchar)");
      reader.prepare(connection);

      assertThat(reader.rows(connection, List.of(new UserKey("a".repeat(64))))).isEmpty();
      assertThat(log.complaints()).isEmpty();
      assertThat(log.lines()).anyMatch(HibernateLog::isStatement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org.eclipse.persistence.jpa.PersistenceProvider", "none.such.Provider", ""})
  void reader_otherProvider_readsByJdbc(String provider) {
    assertThat(UnitReader.of(provider)).isNotInstanceOf(UnitReader.class);
  }

  @ParameterizedTest
  @CsvSource({
    "5.6.15.Final, false",
    "6.0.2.Final, false",
    "6.1.7.Final, false",
    "6.2.0.Final, true",
    "6.6.56.Final, true",
    "7.4.13.Final, true",
    "8.0.0.Alpha1, false",
    "[WORKING], false"
  })
  void isSupported_hibernateVersion_trueFrom62To7(String version, boolean supported) {
    assertThat(UnitReader.isSupported(version, "jakarta.example")).isEqualTo(supported);
  }

  @ParameterizedTest
  @CsvSource({
    "5.2.18.Final, false",
    "5.3.38.Final, true",
    "5.6.15.Final, true",
    "6.2.0.Final, false",
    "7.4.13.Final, false"
  })
  void isSupported_hibernateVersionInJavaxEdition_trueFrom53To56(
      String version, boolean supported) {
    assertThat(UnitReader.isSupported(version, "javax.example")).isEqualTo(supported);
  }
}
