package io.github.kameleoonservlet.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.RecordedLog;
import io.github.kameleoonservlet.identity.VisitorCodeStoreContract;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Adds to the contract that no test, and so no lost race, leaves a complaint or a code in a log.
 */
abstract class JpaStoreContract extends VisitorCodeStoreContract {

  /** As the contract draws them. */
  private static final Pattern CODE_OR_KEY = Pattern.compile("[0-9a-f]{32}");

  private RecordedLog log;

  @BeforeEach
  void record() {
    log = new RecordedLog(Level.DEBUG);
  }

  @AfterEach
  void nothingWasLogged() {
    log.close();
    assertThat(log.complaints()).isEmpty();
    assertThat(log.lines())
        // A PostgreSQL server writes the key of a lost renaming, not a code, into a log of its own.
        .filteredOn(line -> !line.contains("DETAIL:  Key (user_key)="))
        .noneMatch(line -> CODE_OR_KEY.matcher(line).find());
  }
}
