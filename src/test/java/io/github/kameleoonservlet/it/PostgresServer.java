package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

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
 * A PostgreSQL that is paused, killed, stopped and started again, on one data directory and one
 * port. A JVM of its own looks after it, with the libraries that the tests' may not have; it ends
 * the server when the tests' JVM is gone.
 */
final class PostgresServer implements AutoCloseable {

  private static final String READY = "ready on port ";

  private final Path data;
  private int port;
  private Process keeper;

  private PostgresServer(Path data) {
    this.data = data;
  }

  /** Starts a server with an empty database on a free port. */
  static PostgresServer create(Path data) {
    PostgresServer server = new PostgresServer(data);
    server.start();
    return server;
  }

  /** What the keeper runs: starts the server, and stops it when the input ends. */
  public static void main(String[] args) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(args[0])
            .setCleanDataDirectory(false)
            .setPort(Integer.parseInt(args[1]))
            // By default it forgets the last transactions when it is killed.
            .setServerConfig("synchronous_commit", "on");
    try (EmbeddedPostgres server = builder.start()) {
      System.out.println(READY + server.getPort());
      System.in.readAllBytes();
    }
  }

  /** Starts the server, at the second time on its data directory and port from before. */
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
      port = announcedPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int announcedPort() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(keeper.getInputStream(), UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return Integer.parseInt(line.substring(READY.length()));
      }
      lines.add(line);
    }
    throw new AssertionError("no server: " + String.join("\n", lines));
  }

  /** The JDBC URL of its database. */
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** A connection beside the application's. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Stops it as an operator does: connections are closed, then the port refuses. */
  void stop() {
    try {
      keeper.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keeper.onExit().join();
  }

  /** Kills all its processes at once. */
  void kill() {
    List<ProcessHandle> processes = processes();
    signal("KILL", processes);
    await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    keeper.destroyForcibly().onExit().join();
  }

  /** Lets its processes stand still: the port still accepts, and nothing answers. */
  void pause() {
    // The first one first, so that no new one comes meanwhile.
    signal("STOP", processes().subList(0, 1));
    signal("STOP", processes());
  }

  /** Lets its processes go on. */
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
      // It complains of one that has ended meanwhile.
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
