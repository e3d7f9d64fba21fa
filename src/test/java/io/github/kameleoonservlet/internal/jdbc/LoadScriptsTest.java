package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the scripts of docs/store.md that load the codes of another system. */
@Tag("slow")
class LoadScriptsTest {

  private static final UserKeys KEYS = new UserKeys(Set.of(), null, null);
  private static final VisitorCode OWN = new VisitorCode("own0000000000000");
  private static final VisitorCode TAKEN = new VisitorCode("taken00000000000");

  @TempDir Path directory;

  @Test
  void postgresScript_tableInUse_keepsEachLinkAndAddsOthers() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(FreePorts.next()).start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        JdbcVisitorCodeStore store =
            PatientOpening.open(
                JdbcDatabase.of(postgres.getPostgresDatabase()), SchemaMode.CREATE)) {
      store.link(key("has-own"), OWN);
      store.link(key("owner"), TAKEN);
      statement.execute("create unlogged table legacy_codes (user_id text, visitor_code text)");
      statement.execute(
          "insert into legacy_codes values ('has-own', 'other'), ('late', 'taken00000000000'),"
              + " ('two', 'first'), ('two', 'second'), ('bad', '_js_code'), ('worse', 'null'),"
              + " ('worst', 'a=b'), ('feed', E'line\\n'), (null, 'nobody'), ('', 'empty'),"
              + " ('Zoë', 'accent')");

      statement.execute(script("load-postgresql.sql"));

      assertThat(store.find(key("has-own"))).contains(OWN);
      assertThat(store.find(key("owner"))).contains(TAKEN);
      assertThat(store.find(key("late"))).isEmpty();
      assertThat(store.find(key("two"))).contains(new VisitorCode("first"));
      assertThat(store.find(key("Zoë"))).contains(new VisitorCode("accent"));
      assertNoneOfInvalidCodes(store);
      assertThat(rows(statement)).as("rows with the codes of 4 users").isEqualTo(4);
    }
  }

  @Test
  void h2Script_emptyTable_loadsEachValidCode() throws Exception {
    Path file = directory.resolve("visitors");
    Path csv =
        Files.writeString(
            directory.resolve("codes.csv"),
            "user_id,visitor_code\none,first\nZoë,accent\nbad,_js_code\nworse,null\nworst,a=b\n"
                + "feed,\"line\n\"\n,nobody\n\"\",empty\n");
    PatientOpening.open(JdbcDatabase.ownFile(file), SchemaMode.CREATE).close();
    load(file, csv);

    try (JdbcVisitorCodeStore store =
        PatientOpening.open(JdbcDatabase.ownFile(file), SchemaMode.VALIDATE)) {
      assertThat(store.find(key("one"))).contains(new VisitorCode("first"));
      assertThat(store.find(key("Zoë"))).contains(new VisitorCode("accent"));
      assertNoneOfInvalidCodes(store);
    }
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement)).as("rows with the codes of 2 users").isEqualTo(2);
    }
  }

  private static void load(Path file, Path csv) throws SQLException, IOException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(script("load-h2.sql").replace("codes.csv", csv.toString()));
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
  }

  /**
   * Counts all rows, including those without a user, because the store never links such a code
   * again.
   */
  private static long rows(Statement statement) throws SQLException {
    try (ResultSet count = statement.executeQuery("select count(*) from kameleoon_visitor_code")) {
      count.next();
      return count.getLong(1);
    }
  }

  private static void assertNoneOfInvalidCodes(JdbcVisitorCodeStore store) {
    assertThat(store.find(key("bad"))).isEmpty();
    assertThat(store.find(key("worse"))).isEmpty();
    assertThat(store.find(key("worst"))).isEmpty();
    assertThat(store.find(key("feed"))).isEmpty();
  }

  private static UserKey key(String userId) {
    return KEYS.caller(userId).key();
  }

  private static String script(String name) throws IOException {
    return Files.readString(Path.of("src/it/scale/src/main/sql", name));
  }
}
