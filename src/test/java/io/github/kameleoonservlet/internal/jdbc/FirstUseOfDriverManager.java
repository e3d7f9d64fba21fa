package io.github.kameleoonservlet.internal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs an application in a JVM whose driver manager was never used, as in a server without a
 * leak-preventing listener. No driver is on the JVM's class path; all drivers are on the
 * application's class path.
 */
final class FirstUseOfDriverManager {

  private static final String NO_SUCH_SERVER = "jdbc:postgresql://127.0.0.1:1/db?user=app";

  private FirstUseOfDriverManager() {}

  /** Runs the static method {@code run(String)} inside the application, and prints its result. */
  public static void main(String[] args) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : args[0].split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    ClassLoader application =
        new URLClassLoader(
            "application", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(application);
    Object result =
        application.loadClass(args[1]).getMethod("run", String.class).invoke(null, args[2]);
    System.out.println("result: " + result);
  }

  /**
   * Runs a class in a separate JVM.
   *
   * @param first a folder in front of the application's class path
   * @return the result of the class
   */
  static String run(Path first, Class<?> type, String argument) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(
                        FirstUseOfDriverManager.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString(),
                FirstUseOfDriverManager.class.getName(),
                first + File.pathSeparator + System.getProperty("java.class.path"),
                type.getName(),
                argument)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return output.lines().filter(line -> line.startsWith("result: ")).findFirst().orElse(output);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Opens a store, then connects without {@code Class.forName}. */
  public static final class ConnectsAfterwards {

    private ConnectsAfterwards() {}

    public static Object run(String driver) throws SQLException {
      JdbcDatabase database = open(driver);
      try {
        String before = drivers();
        String first = connect();
        return before + "; " + first + "; " + drivers() + "; " + accepting();
      } finally {
        database.close();
      }
    }

    private static String accepting() throws SQLException {
      return DriverManager.getDriver(NO_SUCH_SERVER).getClass().getName();
    }
  }

  /** Opens and closes a store; the application itself uses no database. */
  public static final class UsesNoDriver {

    private UsesNoDriver() {}

    public static Object run(String driver) {
      open(driver).close();
      return drivers();
    }
  }

  private static JdbcDatabase open(String driver) {
    JdbcDatabase database =
        JdbcDatabase.of("jdbc:h2:mem:first", null, null, driver.isEmpty() ? null : driver);
    try {
      JdbcVisitorCodeStore.open(database, SchemaMode.CREATE);
    } catch (RuntimeException e) {
      // The driver does not exist.
    }
    return database;
  }

  private static String connect() {
    try {
      DriverManager.getConnection(NO_SUCH_SERVER);
      return "connected";
    } catch (SQLException e) {
      return e.getMessage().startsWith("No suitable driver") ? "no driver" : "refused";
    }
  }

  private static String drivers() {
    return DriverManager.drivers()
        .map(Driver::getClass)
        .map(Class::getName)
        .map(name -> name.replace(FirstUseOfDriverManager.class.getPackageName() + ".", ""))
        .sorted()
        .toList()
        .toString();
  }
}
