package io.github.kameleoonservlet.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/**
 * Is our persistence unit, built without {@code persistence.xml}: the one class that sees
 * Hibernate. Thread-safe.
 */
final class HibernateUnit implements StoreUnit {

  private final DataSource dataSource;
  private final SessionFactory factory;

  private HibernateUnit(DataSource dataSource, SessionFactory factory) {
    this.dataSource = dataSource;
    this.factory = factory;
  }

  /**
   * Builds the unit. The data source is asked for one connection, to learn the dialect.
   *
   * @throws jakarta.persistence.PersistenceException when the database does not answer
   */
  static HibernateUnit over(DataSource dataSource) {
    StandardServiceRegistryBuilder settings =
        new StandardServiceRegistryBuilder(
            new BootstrapServiceRegistryBuilder()
                .applyClassLoader(HibernateUnit.class.getClassLoader())
                .build());
    // The builder has read the application's hibernate.properties: its schema, its SQL log.
    // Not by clearSettings(): it returns something else in Hibernate 7, which the JVM takes for
    // another method.
    settings.getSettings().clear();
    settings.applySetting("hibernate.connection.datasource", HiddenUrl.of(dataSource));
    // Else a cache or a validator that the application has on its class path is started for us. As
    // texts: WildFly, whose own Hibernate we may have here, reads them so.
    settings.applySetting("hibernate.cache.use_second_level_cache", "false");
    settings.applySetting("hibernate.cache.use_query_cache", "false");
    settings.applySetting("jakarta.persistence.validation.mode", "none");
    settings.applySetting("hibernate.hbm2ddl.auto", "none");
    StandardServiceRegistry registry = settings.build();
    try {
      return new HibernateUnit(
          dataSource,
          new MetadataSources(registry)
              .addAnnotatedClass(LinkedVisitorCode.class)
              .buildMetadata()
              .buildSessionFactory());
    } catch (RuntimeException e) {
      StandardServiceRegistryBuilder.destroy(registry);
      throw e;
    }
  }

  /**
   * Opens an entity manager on a connection that we took ourselves: Hibernate would log an ERROR
   * for each connection that it does not get, and for each that breaks, which is the affair of the
   * guard before the store.
   */
  @Override
  public Session open() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      return new Opened(
          factory.withOptions().connection(UnloggedFaults.of(connection)).openSession(),
          connection);
    } catch (RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    factory.close();
    RecordEquals.forgetLastType();
  }

  private record Opened(EntityManager entities, Connection connection) implements Session {

    @Override
    public void close() throws SQLException {
      try (connection) {
        entities.close();
      }
    }
  }
}
