package io.github.kameleoonservlet.internal.jpa;

import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A persistence unit of the application, read from {@code persistence.xml}. The store uses the
 * database and the provider of the unit, but creates no factory of the unit's entities. Immutable.
 * Only {@code servlet.StoreOpener} uses this class.
 */
public final class ApplicationUnit {

  /** The whole constant, because the build of the javax edition changes the begin of texts only. */
  private static final String JDBC_URL = "jakarta.persistence.jdbc.url";

  private final PersistenceXml.Unit unit;

  private ApplicationUnit(PersistenceXml.Unit unit) {
    this.unit = unit;
  }

  /**
   * Finds a unit on the class path of the application. If several files contain the unit, the first
   * file in the order of the class loader has precedence.
   *
   * @throws IllegalArgumentException if no such unit exists or the store cannot use the unit; the
   *     message names the allowed units
   */
  public static ApplicationUnit named(String name) {
    Map<String, PersistenceXml.Unit> units = PersistenceXml.units(name);
    PersistenceXml.Unit unit = units.get(name);
    if (unit == null) {
      throw new IllegalArgumentException(
          "a unit of a META-INF/persistence.xml; "
              + (units.isEmpty()
                  ? "there is none"
                  : "there are " + String.join(", ", units.keySet())));
    }
    if (unit.isJta()) {
      throw new IllegalArgumentException(
          "a unit with transaction-type RESOURCE_LOCAL, and "
              + name
              + " is JTA: set dataSource to "
              + Optional.ofNullable(unit.jtaDataSource()).orElse("its data source")
              + " in place of persistenceUnit");
    }
    ApplicationUnit found = new ApplicationUnit(unit);
    if (found.dataSource() == null && found.url() == null) {
      throw new IllegalArgumentException(
          "a unit with a <non-jta-data-source> or a property %s that begins with jdbc:, and %s has neither: set dataSource or jdbcUrl in place of persistenceUnit"
              .formatted(JDBC_URL, name));
    }
    return found;
  }

  /** Returns the JNDI name of the unit's data source; null if the unit has a JDBC URL. */
  public @Nullable String dataSource() {
    return Stream.of(
            Optional.ofNullable(unit.nonJtaDataSource()),
            property("nonJtaDataSource", "hibernate.connection.datasource"))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the unit's database. Does not connect.
   *
   * @param found the data source with the name of {@link #dataSource}; null without such a name
   * @throws IllegalArgumentException if the unit has neither a data source nor a URL
   */
  public JdbcDatabase database(@Nullable DataSource found) {
    String url = url();
    if (found != null) {
      return JdbcDatabase.of(found);
    }
    if (url == null) {
      throw new IllegalArgumentException("the unit's data source is missing");
    }
    return JdbcDatabase.of(
        url,
        property("jdbc.user", "hibernate.connection.username").orElse(null),
        property("jdbc.password", "hibernate.connection.password").orElse(null),
        property("jdbc.driver", "hibernate.connection.driver_class").orElse(null));
  }

  /** Returns the reader of links, which uses the unit's provider or JDBC. */
  public LinkReader reader() {
    return UnitReader.of(unit.provider());
  }

  private @Nullable String url() {
    return property("jdbc.url", "hibernate.connection.url")
        .filter(url -> url.startsWith("jdbc:"))
        .orElse(null);
  }

  /** Returns a property by its standard name, by its old standard name, or by Hibernate's name. */
  private Optional<String> property(String standard, String hibernates) {
    return Stream.of("jakarta.persistence." + standard, "javax.persistence." + standard, hibernates)
        .map(unit.properties()::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  /** Returns the unit's name, without URL and password. */
  @Override
  public String toString() {
    return "ApplicationUnit[" + unit.name() + "]";
  }
}
