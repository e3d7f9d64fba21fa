package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.UnusableStoreException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.spi.PersistenceProvider;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Chooses who provides Jakarta Persistence to the store, among those that the application has. */
final class UnitProviders {

  private static final ClassLoader LOADER = UnitProviders.class.getClassLoader();
  private static final Pattern JAR = Pattern.compile("([^/]+\\.jar)!?/");

  private UnitProviders() {}

  /**
   * Opens our unit by the provider that is wanted, else by Hibernate, else by any.
   *
   * @param wanted the class of the provider of the application's unit, or null
   * @throws UnusableStoreException when there is no provider, or two in each other's way
   * @throws jakarta.persistence.PersistenceException when the database does not answer
   */
  static StoreUnit open(DataSource dataSource, @Nullable String wanted) {
    List<PersistenceProvider> found = found();
    PersistenceProvider provider =
        found.stream()
            .filter(candidate -> candidate.getClass().getName().equals(wanted))
            .findFirst()
            .or(() -> found.stream().filter(UnitProviders::isHibernate).findFirst())
            .or(() -> found.stream().findFirst())
            .orElseThrow(() -> unusable(null));
    try {
      return isHibernate(provider)
          ? HibernateUnit.over(dataSource)
          : ProviderUnit.over(dataSource, provider);
    } catch (PersistenceException e) {
      throw e;
    } catch (RuntimeException e) {
      // Two versions of Hibernate mixed fail in any way, and look like an outage.
      throw hibernateJars().size() > 1 ? unusable(e) : e;
    }
  }

  private static boolean isHibernate(PersistenceProvider provider) {
    return provider.getClass().getName().startsWith("org.hibernate.");
  }

  private static List<PersistenceProvider> found() {
    List<PersistenceProvider> found = new ArrayList<>();
    Iterator<PersistenceProvider> providers =
        ServiceLoader.load(PersistenceProvider.class, LOADER).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        // A broken one, such as a Hibernate for javax.persistence beside ours. Named below when it
        // is missed.
      }
    }
  }

  /**
   * Says which libraries are missing, or in each other's way, and what to do.
   *
   * @param cause what showed it, or null
   */
  static UnusableStoreException unusable(@Nullable Throwable cause) {
    List<String> jars = hibernateJars();
    String cure =
        jars.isEmpty()
            ? "there is no Jakarta Persistence provider. Add org.hibernate.orm:hibernate-core, 6.2 or"
                + " later, or"
            : "the Hibernate of "
                + String.join(" and ", jars)
                + " does not work with jakarta.persistence. Leave one hibernate-core there, 6.2 or"
                + " later; beside an older one exclude org.hibernate.orm:hibernate-core and add";
    return new UnusableStoreException(
        "The visitor code store cannot be used: "
            + cure
            + " org.eclipse.persistence:org.eclipse.persistence.jpa, 4.0 or later"
            + (cause == null ? "" : " (" + reason(cause) + ")"),
        cause);
  }

  /** The JVM names classes and methods only; what others say may be anything. */
  private static String reason(Throwable cause) {
    return cause instanceof LinkageError ? cause.toString() : cause.getClass().getSimpleName();
  }

  private static List<String> hibernateJars() {
    try {
      return Collections.list(LOADER.getResources("org/hibernate/SessionFactory.class")).stream()
          .map(UnitProviders::jar)
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String jar(URL resource) {
    Matcher jar = JAR.matcher(resource.getPath());
    return jar.find() ? jar.group(1) : resource.toString();
  }
}
