package io.github.kameleoonservlet.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.PatientOpening;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Properties;
import org.hibernate.cfg.Environment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitIsolationTest {

  @TempDir Path folder;

  /**
   * In these tests Hibernate is also on the JVM's class path, and logs a warning about the second
   * copy.
   */
  @BeforeEach
  void silenceTheApplication() throws Exception {
    IsolatedApplication.silence(folder);
  }

  @Test
  void open_besideHibernatePropertiesOfApplication_bothKeepTheirSettings() throws Exception {
    Files.writeString(
        folder.resolve("hibernate.properties"),
        """
        hibernate.default_schema=nowhere
        hibernate.show_sql=true
        hibernate.hbm2ddl.auto=create-drop
        hibernate.dialect=org.hibernate.dialect.MySQLDialect
        hibernate.physical_naming_strategy=none.such.Strategy
        hibernate.connection.url=jdbc:nothing
        """);
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true));
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      application.run(LinksOnce.class, "mem:beside");
      Properties seen = (Properties) application.run(HibernateSettings.class, "");

      assertThat(seen)
          .containsEntry("hibernate.default_schema", "nowhere")
          .containsEntry("hibernate.show_sql", "true");
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString().toLowerCase()).doesNotContain("select", "insert");
  }

  @Test
  void close_inIsolatedApplication_leavesNoDriverThreadOrClassLoader() throws Exception {
    IsolatedApplication.awaitGone(usedAndClosed());
  }

  /** A separate method, so that no local variable holds the class loader. */
  private WeakReference<ClassLoader> usedAndClosed() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      application.run(LinksOnce.class, folder.resolve("codes").toString());
      assertThat(application.run(CountsDrivers.class, "")).isEqualTo(0L);
      return application.withoutThreads();
    }
  }

  /**
   * Opens a store in an isolated application, links and erases a user, and closes the store. The
   * log is at DEBUG before Hibernate is loaded, because Hibernate remembers the levels of some
   * loggers.
   */
  public static final class LinksOnce {

    private static final String CODE = "linked-in-isolation";

    private LinksOnce() {}

    public static void run(String database) {
      UserKey user = new UserKey("a".repeat(64));
      try (RecordedLog log = new RecordedLog(Level.DEBUG);
          JdbcVisitorCodeStore store =
              PatientOpening.open(
                  JdbcDatabase.of("jdbc:h2:" + database, null, null, null),
                  SchemaMode.CREATE,
                  UnitReader.of(null))) {
        store.link(user, new VisitorCode(CODE));
        store.find(user).orElseThrow();
        if (!store.erase(user)) {
          throw new IllegalStateException("not erased");
        }
        if (log.lines().stream().noneMatch(HibernateLog::isStatement)) {
          throw new IllegalStateException("not read by Hibernate");
        }
        for (String line : log.lines()) {
          if ((line.contains(CODE) || line.contains(user.value()))
              && !HibernateLog.isValueOfOldHibernate(line)) {
            throw new IllegalStateException("logged: " + line);
          }
        }
      }
    }
  }

  /** Returns the settings that the application's own Hibernate would use. */
  public static final class HibernateSettings {

    private HibernateSettings() {}

    public static Object run(String unused) {
      return Environment.getProperties();
    }
  }

  /** Counts the drivers that an application has left in the JVM. */
  public static final class CountsDrivers {

    private CountsDrivers() {}

    public static Object run(String unused) {
      return DriverManager.drivers()
          .filter(
              driver -> driver.getClass().getClassLoader() == CountsDrivers.class.getClassLoader())
          .count();
    }
  }
}
