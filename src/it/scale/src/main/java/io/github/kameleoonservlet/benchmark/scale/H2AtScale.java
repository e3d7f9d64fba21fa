package io.github.kameleoonservlet.benchmark.scale;

import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.h2.engine.Constants;

/** H2 files as the store creates them for an application without a configured database. */
final class H2AtScale extends ScaleDatabase {

  private final Path directory;

  H2AtScale(Path directory) {
    this.directory = directory;
  }

  @Override
  String product() {
    return "H2 " + Constants.VERSION;
  }

  @Override
  JdbcDatabase open(String set) {
    return JdbcDatabase.ownFile(file(set));
  }

  private Path file(String set) {
    return directory.resolve("h2-" + set).toAbsolutePath();
  }

  @Override
  String url(String set) {
    return "jdbc:h2:file:" + file(set) + ";TRACE_LEVEL_FILE=0";
  }

  @Override
  String user() {
    return "sa";
  }

  /** While the store has the file open, this connection uses the same database. */
  @Override
  Connection connect(String set) throws SQLException {
    return DriverManager.getConnection(url(set), user(), "");
  }

  @Override
  void fill(String set, Path csv) throws SQLException, IOException {
    try (Connection connection = connect(set);
        Statement statement = connection.createStatement()) {
      statement.execute(script("load-h2.sql").replace("codes.csv", csv.toString()));
      statement.execute("shutdown compact");
    }
  }

  @Override
  void stop() {
    // The last connection closes the file and discards the cache.
  }

  @Override
  void start() {
    // The first connection opens the file.
  }

  @Override
  String cache(String set) throws SQLException {
    try (Connection connection = connect(set)) {
      String size =
          value(
              connection,
              "select setting_value from information_schema.settings"
                  + " where setting_name = 'info.CACHE_MAX_SIZE'");
      return "info.CACHE_MAX_SIZE " + size + " MB for each file";
    }
  }

  @Override
  String size(String set, long links) throws IOException {
    long bytes = Files.size(Path.of(file(set) + ".mv.db"));
    return String.format(
        Locale.ROOT, "file %.0f (%.1f MB in all)", (double) bytes / links, bytes / 1e6);
  }

  @Override
  public void close() {
    // No connection stays open.
  }
}
