package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests an H2 file that several processes share. */
class H2AutoServerStoreTest extends JdbcStoreContract {

  @TempDir static Path folder;

  private static VisitorCodeStore store;

  private static String url(String file) {
    return "jdbc:h2:file:" + folder.resolve(file) + ";AUTO_SERVER=TRUE";
  }

  private static VisitorCodeStore open(String file) {
    return PatientOpening.open(JdbcDatabase.of(url(file), "sa", "", null), SchemaMode.CREATE);
  }

  @BeforeAll
  static void open() {
    store = open("codes");
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }

  @Override
  protected Connection anotherConnection() throws SQLException {
    return DriverManager.getConnection(url("codes"), "sa", "");
  }

  @Override
  protected String countOfWaitingSessions() {
    return "select count(*) from information_schema.sessions"
        + " where executing_statement like 'insert%'";
  }

  @Test
  @Timeout(600)
  void link_twoProcessesOnOneFile_shareLinksAfterOneStops() throws Exception {
    Process other = LinkUntilKilled.start(url("shared"), "sa");
    try (BufferedReader lines = other.inputReader()) {
      List<String> printed = new ArrayList<>();
      for (String line = ""; line != null && !line.equals("acknowledged 20"); ) {
        line = lines.readLine();
        printed.add(line);
      }
      assertThat(printed).endsWith("acknowledged 20");
      try (VisitorCodeStore here = open("shared")) {
        assertThat(here.find(LinkUntilKilled.user(20))).contains(LinkUntilKilled.code(20));
        UserKey user = user();
        VisitorCode code = code();
        assertThat(here.link(user, LinkUntilKilled.code(3))).isEqualTo(LinkResult.CODE_TAKEN);
        assertThat(here.link(user, code)).isEqualTo(LinkResult.LINKED);

        // The other process has opened the file, and serves the store of this process.
        other.destroyForcibly().waitFor();

        await().until(() -> found(here, user).isPresent());
        assertThat(here.find(user)).contains(code);
        assertThat(here.find(LinkUntilKilled.user(20))).contains(LinkUntilKilled.code(20));
        assertThat(here.link(user(), code())).isEqualTo(LinkResult.LINKED);
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private static Optional<VisitorCode> found(VisitorCodeStore store, UserKey user) {
    try {
      return store.find(user);
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }
}
