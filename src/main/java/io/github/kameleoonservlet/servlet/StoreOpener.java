package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.config.ApplicationClass;
import io.github.kameleoonservlet.internal.config.DefaultDatabase;
import io.github.kameleoonservlet.internal.config.JndiDataSource;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.guard.StoreLayers;
import io.github.kameleoonservlet.internal.guard.TimeLimitedStore;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.jpa.ApplicationUnit;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to open the store that the settings name.
 *
 * @param store opens the store; called again after a failure
 * @param release releases the resources that attempts to open the store have left
 * @param openingWait how long the start waits until the store is open
 * @param tableWait how long the first request waits for a missing table
 * @param pooled whether the store needs a pool of connections of this library
 */
record StoreOpener(
    Supplier<VisitorCodeStore> store,
    Runnable release,
    Duration openingWait,
    Duration tableWait,
    boolean pooled) {

  private static final Logger LOG = LoggerFactory.getLogger(StoreOpener.class);
  private static final Duration LOCAL_WAIT = Duration.ofSeconds(20);

  /**
   * Returns the opener for the application's class, its persistence unit, its data source, its URL,
   * or the default H2 file.
   *
   * @throws ServletException if a setting names something that cannot be used
   */
  static StoreOpener of(Parameters parameters, Settings.Store settings, ServletContext context)
      throws ServletException {
    if (settings.className() != null) {
      VisitorCodeStore own =
          ApplicationClass.instance(
              parameters, "store", settings.className(), VisitorCodeStore.class);
      // The instance exists already, so that the start waits for a thread only. The first request
      // must not wait: the store may be across a network.
      return new StoreOpener(() -> own, own::close, LOCAL_WAIT, Duration.ZERO, false);
    }
    SchemaMode schema = SchemaMode.valueOf(settings.schema().toUpperCase(Locale.ROOT));
    if (settings.persistenceUnit() != null) {
      return ofUnit(parameters, settings.persistenceUnit(), schema);
    }
    return of(database(parameters, settings, context), schema, LinkReader.byJdbc());
  }

  private static StoreOpener of(JdbcDatabase database, SchemaMode schema, LinkReader reader) {
    Duration wait = database.isLocal() ? LOCAL_WAIT : Duration.ZERO;
    return new StoreOpener(
        () -> JdbcVisitorCodeStore.open(database, schema, reader),
        () -> {
          reader.close();
          database.close();
        },
        wait,
        wait,
        database.isPooled());
  }

  private static StoreOpener ofUnit(Parameters parameters, String name, SchemaMode schema)
      throws ServletException {
    try {
      ApplicationUnit unit = ApplicationUnit.named(name);
      return of(
          unit.database(JndiDataSource.ofUnit(parameters, name, unit.dataSource())),
          schema,
          unit.reader());
    } catch (IllegalArgumentException e) {
      ServletException wrong =
          parameters.wrong("persistenceUnit", name, String.valueOf(e.getMessage()));
      wrong.initCause(e);
      throw wrong;
    }
  }

  private static JdbcDatabase database(
      Parameters parameters, Settings.Store settings, ServletContext context)
      throws ServletException {
    if (settings.dataSource() != null) {
      return JdbcDatabase.of(JndiDataSource.named(parameters, settings.dataSource()));
    }
    if (settings.jdbcUrl() != null) {
      return JdbcDatabase.of(
          settings.jdbcUrl(), settings.jdbcUser(), settings.jdbcPassword(), settings.jdbcDriver());
    }
    Path file = DefaultDatabase.file(context);
    LOG.warn(
        "No dataSource, jdbcUrl, persistenceUnit or store is set. The visitor codes are kept in the"
            + " H2 file {}, which serves one server and no parallel deployment. Set one of these settings for"
            + " production.",
        file);
    return JdbcDatabase.ownFile(file);
  }

  /** Opens the store behind the guard that limits and counts the calls. */
  TimeLimitedStore open(Settings.Store settings, StoreCounts counts) {
    return StoreLayers.open(
        store,
        release,
        openingWait,
        Duration.ofMillis(settings.timeoutMillis()),
        settings.cacheSize(),
        Duration.ofSeconds(settings.cacheSeconds()),
        counts);
  }
}
