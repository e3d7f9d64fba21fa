package io.github.kameleoonservlet.internal.jpa;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Version;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A reader of links through Hibernate. Uses a session factory with one entity and without a {@code
 * persistence.xml}. The only class that uses Hibernate. Thread-safe.
 */
final class HibernateReader implements LinkReader {

  private volatile @Nullable SessionFactory factory;

  @Override
  public synchronized void prepare(Connection connection) throws SQLException {
    if (factory == null) {
      factory = build(connection.getMetaData());
    }
  }

  private static SessionFactory build(DatabaseMetaData database) throws SQLException {
    StandardServiceRegistryBuilder settings =
        new StandardServiceRegistryBuilder(
            new BootstrapServiceRegistryBuilder()
                .applyClassLoader(HibernateReader.class.getClassLoader())
                .build());
    // The builder has read the application's hibernate.properties, which must not apply here. Not
    // by clearSettings(), whose return type differs in Hibernate 7, so that the JVM would not find
    // it.
    settings.getSettings().clear();
    // These settings determine the dialect without a connection of Hibernate. Hibernate 7 would log
    // the JDBC URL of a connection, which may contain the password.
    settings.applySetting("hibernate.boot.allow_jdbc_metadata_access", "false");
    settings.applySetting("hibernate.temp.use_jdbc_metadata_defaults", "false");
    settings.applySetting(
        "jakarta.persistence.database-product-name", database.getDatabaseProductName());
    settings.applySetting(
        "jakarta.persistence.database-major-version",
        String.valueOf(database.getDatabaseMajorVersion()));
    settings.applySetting(
        "jakarta.persistence.database-minor-version",
        String.valueOf(database.getDatabaseMinorVersion()));
    if (Version.getVersionString().startsWith("5.")) {
      // Hibernate 5 ignores the settings above. The only query is the same in all dialects.
      settings.applySetting("hibernate.dialect", "org.hibernate.dialect.PostgreSQL95Dialect");
    }
    // Otherwise Hibernate would start a cache or a validator from the application's class path. The
    // values are strings, because WildFly's Hibernate expects strings.
    settings.applySetting("hibernate.cache.use_second_level_cache", "false");
    settings.applySetting("hibernate.cache.use_query_cache", "false");
    settings.applySetting("jakarta.persistence.validation.mode", "none");
    settings.applySetting("hibernate.hbm2ddl.auto", "none");
    // Each session gets its connection from this class. Without this setting Hibernate chooses the
    // same provider, but logs a WARN.
    settings.applySetting(
        "hibernate.connection.provider_class",
        "org.hibernate.engine.jdbc.connections.internal.UserSuppliedConnectionProviderImpl");
    StandardServiceRegistry registry = settings.build();
    try {
      return new MetadataSources(registry)
          .addAnnotatedClass(LinkedVisitorCode.class)
          .buildMetadata()
          .buildSessionFactory();
    } catch (RuntimeException | Error e) {
      StandardServiceRegistryBuilder.destroy(registry);
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The query reads columns and no entities, because Hibernate logs the id of each loaded entity
   * at DEBUG, and the id is the visitor code.
   */
  @Override
  public List<Row> rows(Connection connection, List<UserKey> users) {
    SessionFactory open = factory;
    if (open == null) {
      throw new IllegalStateException("not prepared");
    }
    try (Session session =
        open.withOptions().connection(UnloggedFaults.of(connection)).openSession()) {
      return session
          .createQuery(
              "select v.code, v.userKey from LinkedVisitorCode v where v.userKey in (:users)",
              Object[].class)
          .setParameterList("users", users.stream().map(UserKey::value).toList())
          .getResultStream()
          .map(row -> new Row((String) row[0], (String) row[1]))
          .toList();
    }
  }

  @Override
  public synchronized void close() {
    SessionFactory open = factory;
    if (open != null) {
      factory = null;
      open.close();
      RecordEquals.forgetLastType();
    }
  }
}
