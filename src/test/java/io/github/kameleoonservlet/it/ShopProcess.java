package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** The shop in a separate JVM, as its launcher serves it, on a free port. */
final class ShopProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("The shop is ready: (\\S+)");

  private final Process process;
  private final Path log;
  private final URI base;

  private ShopProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    try {
      this.base =
          await()
              .atMost(Duration.ofMinutes(2))
              .until(this::readyAddress, address -> address != null);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the shop is not ready:\n" + output(), e);
    }
  }

  /**
   * Starts the shop with a home directory, which contains its database, and waits until the shop is
   * ready.
   */
  static ShopProcess start(Path home, Map<String, String> environment) {
    return start(Wars.property("it.sample").resolve("webapp-sample"), home, environment);
  }

  /**
   * Starts the shop with settings that the shop's web.xml does not contain.
   *
   * @param settings names and values
   */
  static ShopProcess start(
      Path home, Map<String, String> environment, Map<String, String> settings) {
    Path shop = home.resolve("shop");
    Wars.exploded(shop, settings);
    return start(shop, home, environment);
  }

  private static ShopProcess start(Path shop, Path home, Map<String, String> environment) {
    try {
      Path log = Files.createTempFile(Files.createDirectories(home), "shop", ".log");
      ProcessBuilder java =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Duser.home=" + home,
              "-cp",
              Wars.property("it.sample").resolve("test-classes")
                  + File.pathSeparator
                  + serverClassPath(),
              "io.github.kameleoonservlet.sample.SampleServer",
              shop.toString(),
              "0");
      java.environment().putAll(environment);
      java.redirectErrorStream(true).redirectOutput(log.toFile());
      Process process = java.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      try {
        return new ShopProcess(process, log);
      } catch (RuntimeException | Error e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the class path of Tomcat and the driver of PostgreSQL, which in production belongs to
   * the server.
   */
  private static String serverClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> Path.of(jar).getFileName().toString().matches("(tomcat|ecj|postgresql)-.*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private URI readyAddress() {
    String text = output();
    assertThat(process.isAlive()).as(text).isTrue();
    Matcher ready = READY.matcher(text);
    return ready.find() ? URI.create(ready.group(1)) : null;
  }

  /** Returns the address of the shop. */
  URI base() {
    return base;
  }

  /** Returns all output of the shop so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process by SIGKILL as a power failure would; no shutdown code runs. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Ends the process by SIGTERM as an operator would, and returns the exit status. */
  int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
