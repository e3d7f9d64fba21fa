package io.github.kameleoonservlet.benchmark.nodes;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Tomcat in a separate JVM, on one port and with one web application, that is killed and started.
 */
final class NodeProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  /** The format has no stack traces, because each request logs some while the database is down. */
  private static final String LOG_FORMAT =
      "-Djava.util.logging.SimpleFormatter.format=%1$tT %4$s %3$s %5$s%n";

  private final Path directory;
  private final int port;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;

  /**
   * Creates a node without starting it.
   *
   * @param directory contains the web application in {@code shop}
   */
  NodeProcess(Path directory, int port, Map<String, String> environment) {
    this.directory = directory;
    this.port = port;
    this.environment = environment;
    this.log = directory.resolve("node.log");
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Returns the address in the form of nginx's configuration. */
  String authority() {
    return address().getAuthority();
  }

  /** Starts the JVM; {@link #awaitReady()} waits for it. */
  void start() throws IOException {
    Files.deleteIfExists(log);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Duser.home=" + directory,
                LOG_FORMAT,
                "-cp",
                launcher() + File.pathSeparator + serverClassPath(),
                NodeServer.class.getName(),
                directory.resolve("shop").toString(),
                String.valueOf(port)));
    ProcessBuilder java = new ProcessBuilder(command);
    java.environment().putAll(environment);
    process = java.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!Files.readString(log).contains(NodeServer.READY)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the node did not start:\n" + Files.readString(log));
      }
      Thread.sleep(100);
    }
  }

  /** Ends the process by SIGKILL as a power failure would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Returns a folder with only the launcher's class: the tests' folder has a logback-test.xml. */
  private Path launcher() throws IOException {
    String file = NodeServer.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("launcher").resolve(file);
    if (!Files.exists(copy)) {
      Files.createDirectories(copy.getParent());
      try (var in = NodeServer.class.getClassLoader().getResourceAsStream(file)) {
        Files.copy(in, copy);
      }
    }
    return directory.resolve("launcher");
  }

  /**
   * Returns the class path of Tomcat, its pool, and the driver of PostgreSQL, which in production
   * belongs to the server.
   */
  private static String serverClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> Path.of(jar).getFileName().toString().matches("(tomcat|ecj|postgresql)-.*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
