package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Is a MariaDB of the tests' own, from the programs that are installed: on a temporary folder, with
 * a port of 127.0.0.1 and a socket that no other process uses. Its sessions are in another time
 * zone, and its tables ignore case unless they are declared otherwise.
 */
public final class MariaDbServer implements AutoCloseable {

  static final String USER = "codes";

  static final String PASSWORD = "hush-1";

  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec");

  /**
   * Ends the server when its standard input ends, and so with the tests' JVM, however that ends.
   */
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
    int port = freePort();
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

  /** Creates a database again, without a table. */
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
   * The address of a database.
   *
   * @param scheme how the driver's addresses begin
   */
  String url(String scheme, String database) {
    return scheme + "//127.0.0.1:" + port + "/" + database;
  }

  /** The database's settings for the store, with MariaDB's own driver. */
  public JdbcDatabase database(String database) {
    return JdbcDatabase.of(url("jdbc:mariadb:", database), USER, PASSWORD, null);
  }

  /** Opens a connection. */
  Connection connection(String scheme, String database) throws SQLException {
    return DriverManager.getConnection(url(scheme, database), USER, PASSWORD);
  }

  /** What the server has written. */
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

  /** A server deletes the temporary tables of a folder, also those of another server. */
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
