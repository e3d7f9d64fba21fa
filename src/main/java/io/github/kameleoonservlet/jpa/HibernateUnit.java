package io.github.kameleoonservlet.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
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
final class HibernateUnit implements AutoCloseable {

  private final SessionFactory factory;

  private HibernateUnit(SessionFactory factory) {
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
    // Else a cache or a validator that the application has on its class path is started for us.
    settings.applySetting("hibernate.cache.use_second_level_cache", false);
    settings.applySetting("hibernate.cache.use_query_cache", false);
    settings.applySetting("jakarta.persistence.validation.mode", "none");
    settings.applySetting("hibernate.hbm2ddl.auto", "none");
    StandardServiceRegistry registry = settings.build();
    try {
      return new HibernateUnit(
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
   * Opens an entity manager on a connection, which stays the caller's to close: Hibernate would log
   * an ERROR for each connection that it does not get, which is our circuit breaker's affair.
   */
  EntityManager on(Connection connection) {
    return factory.withOptions().connection(connection).openSession();
  }

  @Override
  public void close() {
    factory.close();
    RecordEquals.forgetLastType();
  }
}
