package io.github.kameleoonservlet.internal.jpa;

import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A persistence unit of the application, as its {@code persistence.xml} describes it. The store
 * takes the database and the provider from the unit, and creates no second factory of all its
 * entities. Immutable.
 */
public final class ApplicationUnit {

  private final PersistenceXml.Unit unit;

  private ApplicationUnit(PersistenceXml.Unit unit) {
    this.unit = unit;
  }

  /**
   * Finds a unit on the class path of the application, in the first {@code
   * META-INF/persistence.xml} that has it.
   *
   * @throws IllegalArgumentException when there is none that can be used; the message says which
   *     units can
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
          "a unit with a <non-jta-data-source> or a property jakarta.persistence.jdbc.url that"
              + " begins with jdbc:, and "
              + name
              + " has neither: set dataSource or jdbcUrl in place of persistenceUnit");
    }
    return found;
  }

  /** The JNDI name of the unit's data source, or null when it connects by a URL. */
  public @Nullable String dataSource() {
    return Stream.of(
            Optional.ofNullable(unit.nonJtaDataSource()),
            property("nonJtaDataSource", "hibernate.connection.datasource"))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  /**
   * The unit's database.
   *
   * @param found what {@link #dataSource} names, or null when it names nothing
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

  /** Returns the reader of the links: through the unit's provider, or by JDBC. */
  public LinkReader reader() {
    return UnitReader.of(unit.provider());
  }

  private @Nullable String url() {
    return property("jdbc.url", "hibernate.connection.url")
        .filter(url -> url.startsWith("jdbc:"))
        .orElse(null);
  }

  /** A standard property, by its old name too, or Hibernate's own for the same. */
  private Optional<String> property(String standard, String hibernates) {
    return Stream.of("jakarta.persistence." + standard, "javax.persistence." + standard, hibernates)
        .map(unit.properties()::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  /** Shows the name only. */
  @Override
  public String toString() {
    return "ApplicationUnit[" + unit.name() + "]";
  }
}
