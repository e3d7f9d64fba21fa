package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server that a test can pause, kill, stop and start again, on one data directory and
 * one port. A separate JVM controls the server, with libraries that the tests' JVM must not have,
 * and stops the server when the tests' JVM ends.
 */
final class PostgresServer implements AutoCloseable {

  private static final String READY = "ready on port ";

  private final Path data;
  private final int port;
  private Process keeper;

  private PostgresServer(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** Starts a server with an empty database on a free port. */
  static PostgresServer create(Path data) {
    try {
      PostgresServer server = new PostgresServer(data, FreePorts.next());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs in the separate JVM: starts the server, and stops the server when the input ends. */
  public static void main(String[] args) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(args[0])
            .setCleanDataDirectory(false)
            .setPort(Integer.parseInt(args[1]))
            // By default a killed server loses the last transactions.
            .setServerConfig("synchronous_commit", "on");
    try (EmbeddedPostgres server = builder.start()) {
      System.out.println(READY + server.getPort());
      System.in.readAllBytes();
    }
  }

  /** Starts the server; a restart uses the data directory and port of the first start. */
  void start() {
    try {
      keeper =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path")
                      + File.pathSeparator
                      + Wars.property("it.libraries").resolve("*"),
                  PostgresServer.class.getName(),
                  data.toString(),
                  String.valueOf(port))
              .redirectErrorStream(true)
              .start();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(keeper.getInputStream(), UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return;
      }
      lines.add(line);
    }
    throw new AssertionError("no server: " + String.join("\n", lines));
  }

  /** Returns the JDBC URL of the database. */
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** Opens a connection that does not belong to the application. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Stops the server as an operator does: closes the connections, then the port refuses. */
  void stop() {
    try {
      keeper.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keeper.onExit().join();
  }

  /** Kills all processes of the server at once. */
  void kill() {
    List<ProcessHandle> processes = processes();
    signal("KILL", processes);
    await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    keeper.destroyForcibly().onExit().join();
  }

  /**
   * Suspends all processes of the server: the port still accepts connections without responding.
   */
  void pause() {
    // The main process is suspended first, so that it starts no new process meanwhile.
    signal("STOP", processes().subList(0, 1));
    signal("STOP", processes());
  }

  /** Resumes all processes of the server. */
  void goOn() {
    signal("CONT", processes());
  }

  private List<ProcessHandle> processes() {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      ProcessHandle first =
          ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow())).orElseThrow();
      return Stream.concat(Stream.of(first), first.descendants()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    try {
      // The command reports an error for a process that has ended meanwhile.
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (keeper.isAlive()) {
      goOn();
      stop();
    }
  }
}
