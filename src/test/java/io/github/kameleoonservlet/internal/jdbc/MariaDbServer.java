package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB server of the tests, started from the installed programs: in a temporary folder, on a
 * port of 127.0.0.1 and with a socket that no other process uses. Its sessions use another time
 * zone than the tests, and its tables ignore case unless they are declared otherwise.
 */
public final class MariaDbServer implements AutoCloseable {

  static final String USER = "codes";

  static final String PASSWORD = "hush-1";

  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec");

  /** Ends the server when the standard input ends, and so whenever the tests' JVM ends. */
  private static final String UNTIL_END_OF_INPUT =
      """
      folder=$1; shift
      "$@" </dev/null >"$folder/server.log" 2>&1 &
      trap '' HUP INT TERM
      cat >/dev/null
      kill $!
      wait $!
      rm -rf "$folder"
      """;

  private final Path folder;
  private final int port;
  private final Process process;

  private MariaDbServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts a server without databases. */
  public static MariaDbServer start(String... options) throws Exception {
    Path folder = Files.createTempDirectory("mariadb");
    install(folder);
    int port = FreePorts.next();
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", UNTIL_END_OF_INPUT, "sh", folder.toString()));
    command.addAll(
        command(
            "mariadbd",
            folder,
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--socket=" + folder.resolve("socket"),
            "--skip-name-resolve",
            "--default-time-zone=+09:00",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_general_ci"));
    command.addAll(List.of(options));
    Process process = inItsFolder(command, folder).start();
    MariaDbServer server = new MariaDbServer(folder, port, process);
    try {
      server.awaitReady();
      server.sql("grant all on *.* to " + USER + " identified by '" + PASSWORD + "'");
      return server;
    } catch (Exception | Error e) {
      server.close();
      throw e;
    }
  }

  private void awaitReady() {
    await()
        .until(
            () -> {
              assertThat(log()).doesNotContain("[ERROR] Aborting");
              try (Connection connection = asAdministrator()) {
                return connection.isValid(1);
              } catch (SQLException e) {
                return false;
              }
            });
  }

  /** Creates a database without tables, replacing an existing one. */
  public void create(String database) throws SQLException {
    sql("create or replace database " + database);
  }

  /** Runs a statement as the administrator, outside all databases. */
  void sql(String sql) throws SQLException {
    try (Connection connection = asAdministrator();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Returns the URL of a database.
   *
   * @param scheme the beginning of the driver's URLs
   */
  String url(String scheme, String database) {
    return scheme + "//127.0.0.1:" + port + "/" + database;
  }

  /** Returns the store's settings for a database, with MariaDB's own driver. */
  public JdbcDatabase database(String database) {
    return JdbcDatabase.of(url("jdbc:mariadb:", database), USER, PASSWORD, null);
  }

  /** Opens a connection. */
  Connection connection(String scheme, String database) throws SQLException {
    return DriverManager.getConnection(url(scheme, database), USER, PASSWORD);
  }

  /** Returns the log of the server. */
  String log() throws IOException {
    Path log = folder.resolve("server.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private Connection asAdministrator() throws SQLException {
    return DriverManager.getConnection(url("jdbc:mariadb:", ""), "root", "");
  }

  /** Ends the server and removes its folder. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  private static void install(Path folder) throws Exception {
    Path log = folder.resolve("install.log");
    Process process =
        inItsFolder(
                command(
                    "mariadb-install-db",
                    folder,
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db"),
                folder)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }

  /**
   * Sets the folder of temporary files, because a server deletes the temporary tables in it, even
   * those of another server.
   */
  private static ProcessBuilder inItsFolder(List<String> command, Path folder) {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("TMPDIR", folder.toString());
    return process;
  }

  private static List<String> command(String program, Path folder, String... options) {
    List<String> command = new ArrayList<>();
    command.add(installed(program));
    command.add("--no-defaults");
    command.add("--datadir=" + folder.resolve("data"));
    command.addAll(List.of(options));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    return command;
  }

  private static String installed(String program) {
    return FOLDERS.stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    program
                        + " is not installed: apt-get install mariadb-server-core"
                        + " mariadb-client-core"))
        .toString();
  }
}
