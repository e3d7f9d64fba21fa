package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.identity.VisitorCodeStoreContract;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adds to the contract that no test, even with a lost race, logs a WARN, an ERROR or a code. */
public abstract class JdbcStoreContract extends VisitorCodeStoreContract {

  /**
   * The form in which the contract draws codes and keys; texts of 40 digits are revisions of
   * programs.
   */
  static final Pattern CODE_OR_KEY =
      Pattern.compile("(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{64})(?![0-9a-f])");

  private static final String HIBERNATE = hibernate();

  private RecordedLog log;

  @BeforeEach
  void record() {
    log = new RecordedLog(Level.DEBUG);
  }

  @AfterEach
  void nothingWasLogged() {
    log.close();
    assertThat(log.complaints()).filteredOn(line -> !isExpected(line)).isEmpty();
    assertThat(log.lines())
        .filteredOn(line -> !isOfOldHibernate(line))
        .noneMatch(line -> CODE_OR_KEY.matcher(line).find());
  }

  /** The README warns that Hibernate before 6.6 logs values at DEBUG. */
  private static boolean isOfOldHibernate(String line) {
    return line.startsWith("DEBUG org.hibernate.orm.results: Extracted JDBC value")
        && HIBERNATE.matches("6\\.[2-5]\\..*");
  }

  /** Returns the version of Hibernate, or the empty string without Hibernate. */
  private static String hibernate() {
    try {
      return (String)
          Class.forName("org.hibernate.Version").getMethod("getVersionString").invoke(null);
    } catch (ReflectiveOperationException e) {
      return "";
    }
  }

  /** Opens a store by a URL that contains the password, and checks Hibernate's log lines. */
  void assertNotLogged(String password, String url) {
    try (RecordedLog opening = new RecordedLog(Level.INFO)) {
      JdbcVisitorCodeStore.open(JdbcDatabase.of(url, null, null, null), SchemaMode.VALIDATE)
          .close();

      assertThat(opening.lines()).isNotEmpty().noneMatch(line -> line.contains(password));
    }
  }

  /** Returns whether a WARN is not a fault of the library. */
  protected boolean isExpected(String complaint) {
    return false;
  }

  /** Opens another client's connection to the same database. */
  protected abstract Connection anotherConnection() throws SQLException;

  /** Returns a query that counts the sessions that wait for another session. */
  protected abstract String countOfWaitingSessions();

  @Test
  void link_codeInsertedMeanwhile_isCodeTaken() throws Exception {
    VisitorCode code = code();

    assertThat(linkWhileInserted(user(), code, user(), code)).isEqualTo(LinkResult.CODE_TAKEN);
  }

  @Test
  void link_userInsertedMeanwhile_isUserLinked() throws Exception {
    UserKey user = user();

    assertThat(linkWhileInserted(user, code(), user, code())).isEqualTo(LinkResult.USER_LINKED);
  }

  /** On that day the local time 02:30 exists in UTC, but not in New York. */
  @Test
  void link_timeInSummerTimeGap_isStoredInUtc() throws SQLException {
    VisitorCode code = code();
    // The first call creates the table.
    store().find(user());
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try (Connection other = anotherConnection();
        PreparedStatement insert = other.prepareStatement(DatabaseProduct.OTHER.insert());
        PreparedStatement select =
            other.prepareStatement(
                "select cast(linked_at as char(19)) from kameleoon_visitor_code where code = ?")) {
      LinkTable.bind(insert, code.value(), user().value(), Instant.parse("2024-03-10T02:30:00Z"));
      insert.executeUpdate();
      select.setString(1, code.value());
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("2024-03-10 02:30:00");
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /**
   * Links while another link is inserted but not committed, until our insert waits for the commit.
   */
  private LinkResult linkWhileInserted(
      UserKey otherUser, VisitorCode otherCode, UserKey user, VisitorCode code) throws Exception {
    try (Connection other = anotherConnection();
        Connection watcher = anotherConnection();
        Statement watch = watcher.createStatement();
        PreparedStatement insert = other.prepareStatement(DatabaseProduct.OTHER.insert())) {
      other.setAutoCommit(false);
      LinkTable.bind(insert, otherCode.value(), otherUser.value());
      insert.executeUpdate();
      CompletableFuture<LinkResult> result = new CompletableFuture<>();
      new Thread(() -> result.completeAsync(() -> store().link(user, code), Runnable::run)).start();
      await()
          .until(
              () -> {
                try (ResultSet count = watch.executeQuery(countOfWaitingSessions())) {
                  return count.next() && count.getInt(1) == 1;
                }
              });
      other.commit();
      return result.get();
    }
  }
}
