package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Tomcat in a JVM of its own, with a folder of its own for everything that it writes. */
final class Tomcat implements AutoCloseable {

  static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));

  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 30_000;

  /** More connections than the scenario has at once. */
  private static final int PROCESSORS = 60;

  private final Path home;
  private final Path base;
  private final int port;
  private Process process;

  /**
   * Creates the folder of a server.
   *
   * @param home an unpacked distribution of Tomcat
   * @param base the folder to create
   */
  Tomcat(Path home, Path base) throws IOException {
    this.home = home;
    this.base = base;
    this.port = freePort();
    for (String folder : List.of("conf", "logs", "temp", "webapps", "work", "home")) {
      Files.createDirectories(base.resolve(folder));
    }
    try (Stream<Path> files = Files.list(home.resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
      }
    }
    Files.writeString(base.resolve("conf/server.xml"), serverXml());
    Files.writeString(base.resolve("conf/logging.properties"), LOGGING, StandardOpenOption.APPEND);
    Files.writeString(base.resolve("conf/tomcat-users.xml"), USERS);
  }

  /**
   * Returns a port below those that the system gives to connections, and above those that the other
   * scenarios reserve: the server opens the port some time later.
   */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (var free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (BindException e) {
        // Another server has this port.
      }
    }
  }

  /**
   * Lines that depend on chance: a slow source of random numbers, and the first malformed request
   * that each of Tomcat's processors gets.
   */
  private static final String LOGGING =
      """

      org.apache.catalina.util.SessionIdGeneratorBase.level = SEVERE
      org.apache.coyote.http11.Http11Processor.level = WARNING
      """;

  private static final String USERS =
      """
      <tomcat-users>
        <user username="tomcat" password="secret" roles="tomcat"/>
        <user username="admin" password="secret" roles="admin,manager-gui,manager-script,manager-status,demo-admin"/>
      </tomcat-users>
      """;

  /**
   * Returns the configuration. Tomcat checks applications in the background; during an undeployment
   * it would report this thread of its own as a leak, so that the check is off.
   */
  private String serverXml() {
    return """
        <Server port="-1">
          <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
          <Listener className="org.apache.catalina.mbeans.GlobalResourcesLifecycleListener"/>
          <Listener className="org.apache.catalina.core.ThreadLocalLeakPreventionListener"/>
          <GlobalNamingResources>
            <Resource name="UserDatabase" auth="Container" type="org.apache.catalina.UserDatabase"
              factory="org.apache.catalina.users.MemoryUserDatabaseFactory" pathname="conf/tomcat-users.xml"/>
          </GlobalNamingResources>
          <Service name="Catalina">
            <Connector port="%d" address="127.0.0.1" compression="on" maxKeepAliveRequests="-1"
              maxThreads="30" minSpareThreads="2"/>
            <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="-1">
              <Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/>
              <Host name="localhost" appBase="webapps" autoDeploy="false" startStopThreads="0"/>
            </Engine>
          </Service>
        </Server>
        """
        .formatted(port);
  }

  int port() {
    return port;
  }

  /** Returns the place of the WAR or of the folder that this server deploys at its start. */
  Path webapp(String name) {
    return base.resolve("webapps").resolve(name);
  }

  Path folder(String name) {
    return base.resolve(name);
  }

  /** Adds a file to the home folder of the user, as if it had been there for a long time. */
  void addAtHome(String name, String text) throws IOException {
    Path file = base.resolve("home").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
  }

  void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Without jdk.attach, by which hawtio would attach to every JVM of the machine.
                "--limit-modules=java.se,jdk.unsupported,jdk.management,jdk.zipfs,jdk.crypto.ec",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-Djava.io.tmpdir=" + base.resolve("temp"),
                "-Duser.home=" + base.resolve("home"),
                "-Duser.language=en",
                "-Djava.security.egd=file:/dev/urandom",
                "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-classpath",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar")));
    command.addAll(OPENED);
    command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
    try {
      process =
          new ProcessBuilder(command)
              .directory(base.toFile())
              .redirectErrorStream(true)
              .redirectOutput(base.resolve("logs/console.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The packages that Tomcat's own script opens, for the search of leaks. */
  private static final List<String> OPENED =
      Stream.of(
              "java.lang",
              "java.lang.invoke",
              "java.lang.reflect",
              "java.io",
              "java.util",
              "java.util.concurrent")
          .map(p -> "--add-opens=java.base/" + p + "=ALL-UNNAMED")
          .toList();

  /** Waits until all applications are deployed and the server answers. */
  void awaitStarted() throws IOException, InterruptedException {
    while (!consoleLog().contains("Server startup in")) {
      if (!process.isAlive()) {
        throw new IllegalStateException("Tomcat ended:\n" + consoleLog());
      }
      Thread.sleep(100);
    }
  }

  String consoleLog() throws IOException {
    return Files.readString(base.resolve("logs/console.log"), StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the undeployed applications that a garbage collection did not remove.
   *
   * <p>Tomcat keeps the error of a broken connection in the processor of this connection, until the
   * processor serves another one: a thread of the application that writes at this moment sets the
   * error after Tomcat has cleared it. The stack trace of the error keeps the application. For this
   * reason each processor gets a request first.
   */
  List<String> leaks() {
    useEachProcessor();
    return control("findleaks").lines().filter(line -> line.startsWith("/")).toList();
  }

  /** Sends more requests at once than the server has processors: each of them is used. */
  private void useEachProcessor() {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSORS; i++) {
        var connection = new Connection(port);
        connections.add(connection);
        // A processor stays with a connection from the first part of a request to the last.
        connection.write("GET /none HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      for (Connection connection : connections) {
        connection.sendRaw("Host: localhost\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), false);
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the manager that this scenario deploys without the filter. */
  String control(String command) {
    try (var browser = new Browser(port)) {
      return browser
          .send(Request.resource("GET", "/control/text/" + command).with("Authorization", BASIC))
          .text();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
