package io.github.kameleoonservlet.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Is our persistence unit by a provider other than Hibernate, built without {@code persistence.xml}
 * by the provider's standard interface. The provider must give out its connection by {@code
 * unwrap(Connection.class)}, as EclipseLink does. Thread-safe.
 */
final class ProviderUnit implements StoreUnit {

  private static final String NAME = "kameleoon-servlet";

  /** Set here, so that no system property of the application says otherwise. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "eclipselink.weaving", "false",
          "eclipselink.ddl-generation", "none",
          "eclipselink.cache.shared.default", "false",
          "eclipselink.target-server", "None",
          // It would quote codes, and complain of outages each time.
          "eclipselink.logging.level", "OFF",
          "eclipselink.logging.level.sql", "OFF",
          "eclipselink.logging.parameters", "false",
          "jakarta.persistence.schema-generation.database.action", "none",
          "jakarta.persistence.validation.mode", "none");

  private final EntityManagerFactory factory;

  private ProviderUnit(EntityManagerFactory factory) {
    this.factory = factory;
  }

  /**
   * Builds the unit. The data source is asked for one connection, to learn the dialect.
   *
   * @throws jakarta.persistence.PersistenceException when the database does not answer
   */
  static ProviderUnit over(DataSource dataSource, PersistenceProvider provider) {
    PersistenceUnitInfo info =
        (PersistenceUnitInfo)
            Proxy.newProxyInstance(
                ProviderUnit.class.getClassLoader(),
                new Class<?>[] {PersistenceUnitInfo.class},
                new Info(dataSource, provider));
    Map<String, String> settings = new HashMap<>(SETTINGS);
    // Else two factories, maybe of two web applications, share one session and so one database.
    settings.put("eclipselink.session-name", NAME + "-" + UUID.randomUUID());
    EntityManagerFactory factory = provider.createContainerEntityManagerFactory(info, settings);
    try {
      // EclipseLink connects with the first one.
      factory.createEntityManager().close();
      return new ProviderUnit(factory);
    } catch (RuntimeException | Error e) {
      factory.close();
      throw e;
    }
  }

  @Override
  public Session open() {
    return new Opened(factory.createEntityManager());
  }

  @Override
  public void close() {
    if (factory.isOpen()) {
      factory.close();
    }
  }

  private record Opened(EntityManager entities) implements Session {

    @Override
    public Connection connection() {
      return entities.unwrap(Connection.class);
    }

    @Override
    public void close() {
      entities.close();
    }
  }

  /**
   * What would stand in a {@code persistence.xml}. A proxy, because Jakarta Persistence 3.2 changes
   * the type of {@code getTransactionType}, and has more methods.
   */
  private record Info(DataSource dataSource, PersistenceProvider provider)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "getPersistenceUnitName", "toString" -> NAME;
        case "getPersistenceProviderClassName" -> provider.getClass().getName();
        case "getTransactionType" ->
            List.of(method.getReturnType().getEnumConstants()).stream()
                .filter(type -> type.toString().equals("RESOURCE_LOCAL"))
                .findFirst()
                .orElseThrow();
        case "getNonJtaDataSource" -> dataSource;
        case "getManagedClassNames" -> List.of(LinkedVisitorCode.class.getName());
        case "excludeUnlistedClasses" -> true;
        case "getPersistenceUnitRootUrl" ->
            ProviderUnit.class.getProtectionDomain().getCodeSource().getLocation();
        case "getClassLoader", "getNewTempClassLoader" -> ProviderUnit.class.getClassLoader();
        case "getProperties" -> new Properties();
        case "getPersistenceXMLSchemaVersion" -> "3.0";
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> arguments != null && proxy == arguments[0];
        default -> method.getReturnType() == List.class ? List.of() : null;
      };
    }
  }
}
