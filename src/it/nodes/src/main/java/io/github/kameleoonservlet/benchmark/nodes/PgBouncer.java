package io.github.kameleoonservlet.benchmark.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A PgBouncer between the nodes' stores and PostgreSQL, which pools transactions: two connections
 * to the server serve all statements, so that statements of one client use different connections.
 */
final class PgBouncer implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      [databases]
      postgres = host=127.0.0.1 port=%d dbname=postgres user=postgres
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %d
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      default_pool_size = 2
      ; What the driver sends at the connection.
      ignore_startup_parameters = extra_float_digits
      ; The default waits 15 seconds before it connects to a server that was down.
      server_login_retry = 1
      %s
      """;

  private final Process process;

  private PgBouncer(Process process) {
    this.process = process;
  }

  static PgBouncer start(String program, Path directory, int port, Database database)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    // PgBouncer refuses to run as root.
    String user = System.getProperty("user.name").equals("root") ? "user = nobody" : "";
    Path configuration = directory.resolve("pgbouncer.ini");
    Files.writeString(configuration, CONFIGURATION.formatted(database.port(), port, user));
    Process process =
        new ProcessBuilder(program, configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Ports.await(port, process, directory.resolve("output.log"));
    return new PgBouncer(process);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
