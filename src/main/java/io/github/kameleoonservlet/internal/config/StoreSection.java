package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletException;
import java.util.List;

/** The settings of the store, in the order of the documentation. */
final class StoreSection {

  static final Setting<String> DATA_SOURCE =
      Setting.of(
          "dataSource",
          null,
          StoreSection::dataSource,
          "The JNDI name of a data source: below `java:comp/env/`, or with `java:` in " + "front.");
  static final Setting<String> JDBC_URL =
      Setting.url(
          "jdbcUrl",
          "jdbc:",
          "The URL of the database. Without a store setting the library uses an [H2 "
              + "file](store.md#which-database).");
  static final Setting<String> JDBC_USER =
      Setting.text("jdbcUser", "The database user of `jdbcUrl`.");
  static final Setting<String> JDBC_PASSWORD =
      Setting.secret("jdbcPassword", "The password of `jdbcUrl`.");
  static final Setting<String> JDBC_DRIVER =
      Setting.text(
          "jdbcDriver",
          "The class of the JDBC driver. Needed for a driver that the library [does not "
              + "know](store.md#drivers).");
  static final Setting<String> PERSISTENCE_UNIT =
      Setting.text(
          "persistenceUnit",
          "A RESOURCE_LOCAL unit of your `persistence.xml`. See [Persistence "
              + "unit](store.md#a-persistence-unit-of-your-own). A `jdbcUrl` among the "
              + "init-params overrides a `persistenceUnit` among the context-params.");
  static final Setting<String> STORE =
      Setting.text(
          "store",
          "A class that implements `VisitorCodeStore`. Your tests can use "
              + "`io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore`.");
  static final Setting<String> STORE_SCHEMA =
      Setting.choice(
          "storeSchema",
          List.of("create", "validate", "none"),
          "`create` creates a missing table and checks it. `validate` only checks the "
              + "table. `none` checks nothing. See [The table](store.md#the-table).");
  static final Setting<Integer> STORE_TIMEOUT_MILLIS =
      Setting.number(
          "storeTimeoutMillis",
          "250",
          10,
          60_000,
          "The longest time that a request waits for one call to the store, 10 to 60000. "
              + "A first sign-in makes two or three calls. While the store is down, no request "
              + "waits.");
  static final Setting<Integer> CACHE_SIZE =
      Setting.number(
          "cacheSize",
          "10000",
          0,
          10_000_000,
          "For how many users each server caches the code, 0 to 10000000. See [how to "
              + "choose](store.md#how-to-choose-cachesize-and-cacheseconds).");
  static final Setting<Integer> CACHE_SECONDS =
      Setting.number(
          "cacheSeconds", "60", 1, 86_400, "How long a server caches a code, 1 to 86400.");

  static final Section SECTION =
      new Section(
          "Store",
          List.of(
              DATA_SOURCE,
              JDBC_URL,
              JDBC_USER,
              JDBC_PASSWORD,
              JDBC_DRIVER,
              PERSISTENCE_UNIT,
              STORE,
              STORE_SCHEMA,
              STORE_TIMEOUT_MILLIS,
              CACHE_SIZE,
              CACHE_SECONDS));

  private StoreSection() {}

  /** Reads the settings. */
  static Settings.Store read(Parameters parameters) throws ServletException {
    return new Settings.Store(
        DATA_SOURCE.find(parameters),
        JDBC_URL.find(parameters),
        JDBC_USER.find(parameters),
        JDBC_PASSWORD.find(parameters),
        JDBC_DRIVER.find(parameters),
        PERSISTENCE_UNIT.findUnlessNearer(parameters, JDBC_URL),
        STORE.find(parameters),
        STORE_SCHEMA.get(parameters),
        STORE_TIMEOUT_MILLIS.get(parameters),
        CACHE_SIZE.get(parameters),
        CACHE_SECONDS.get(parameters));
  }

  /** Refuses the URL of a database, which is a common mistake and may contain a password. */
  private static String dataSource(String name, String text) throws NotAllowedException {
    if (text.startsWith("jdbc:")) {
      throw new NotAllowedException(ShownUrl.of(text), "no URL, which belongs in jdbcUrl");
    }
    return text;
  }
}
