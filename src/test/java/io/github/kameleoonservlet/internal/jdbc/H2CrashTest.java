package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2CrashTest {

  private static final int ENOUGH = 200;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:", "jdbc:h2:file:"})
  @Timeout(600)
  void link_processKilled_keepsEveryAcknowledgedLink(String form) throws Exception {
    String url = form + folder.resolve("codes");
    Process process = LinkUntilKilled.start(url);
    int acknowledged = 0;
    try (BufferedReader lines = process.inputReader()) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("acknowledged ")) {
          acknowledged++;
        }
        if (acknowledged == ENOUGH) {
          // The handle kills the process without closing the pipe. The lines in the pipe were
          // acknowledged as well.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(acknowledged).isGreaterThanOrEqualTo(ENOUGH);
    try (VisitorCodeStore store =
        PatientOpening.open(JdbcDatabase.of(url, null, null, null), SchemaMode.VALIDATE)) {
      for (int i = 0; i < acknowledged; i++) {
        assertThat(store.find(LinkUntilKilled.user(i))).contains(LinkUntilKilled.code(i));
      }
    }
  }

  /** The application may use the same file. */
  @Test
  void link_h2FileOfApplication_keepsItsSettings() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("shop");
    int before = writeDelay(url);
    try (VisitorCodeStore store =
        PatientOpening.open(JdbcDatabase.of(url, null, null, null), SchemaMode.CREATE)) {
      store.link(LinkUntilKilled.user(1), LinkUntilKilled.code(1));
    }

    assertThat(writeDelay(url)).isEqualTo(before).isPositive();
  }

  /** H2 writes each refusal, with a stack trace, to the trace file of the application. */
  @Test
  void link_userWithoutAdminRights_triesWriteDelayOnce() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("shop");
    try (Connection admin = DriverManager.getConnection(url, "sa", "");
        Statement statement = admin.createStatement()) {
      statement.execute("create user app password 'app'");
      statement.execute("grant alter any schema to app");
      statement.execute("create table orders (id int primary key)");
      PatientOpening.open(JdbcDatabase.of(url, "sa", "", null), SchemaMode.CREATE).close();
      statement.execute("grant all on kameleoon_visitor_code to app");
    }
    try (VisitorCodeStore store =
        PatientOpening.open(JdbcDatabase.of(url, "app", "app", null), SchemaMode.VALIDATE)) {
      for (int i = 0; i < 5; i++) {
        assertThat(store.link(LinkUntilKilled.user(i), LinkUntilKilled.code(i)))
            .isEqualTo(LinkResult.LINKED);
      }
    }

    try (Stream<String> lines = Files.lines(folder.resolve("shop.trace.db"))) {
      assertThat(lines.filter(line -> line.contains("[90040-"))).hasSize(1);
    }
  }

  private static int writeDelay(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet value =
            connection
                .createStatement()
                .executeQuery(
                    "select setting_value from information_schema.settings"
                        + " where setting_name = 'WRITE_DELAY'")) {
      // H2 lists the setting only after a change.
      return value.next() ? value.getInt(1) : 500;
    }
  }

  @Test
  @Timeout(600)
  void open_fileOfOtherProcess_throwsFileInUse() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("codes");
    Process process = LinkUntilKilled.start(url);
    try (BufferedReader lines = process.inputReader();
        JdbcDatabase database = JdbcDatabase.of(url, null, null, null)) {
      assertThat(lines.lines().anyMatch(line -> line.startsWith("acknowledged "))).isTrue();

      assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.VALIDATE))
          .isInstanceOf(H2FileInUseException.class);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
