package io.github.kameleoonservlet.servlet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.servlet.HistoryEvent.Deed;
import io.github.kameleoonservlet.servlet.HistoryEvent.PageStep;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.slf4j.LoggerFactory;

/**
 * Tests random histories of users, browsers, servers and faults, through the real filter, servlet,
 * service, caches and store. {@link HistoryLinks} and {@link HistoryRules} check the invariants
 * after each step.
 */
class RandomHistoriesTest {

  private static final String DATABASE = "jdbc:h2:mem:histories";
  private static final Logger FILTER_LOG =
      (Logger) LoggerFactory.getLogger("io.github.kameleoonservlet");

  private static VisitorCodeStore store;

  @BeforeContainer
  static void open() {
    // Each history has its own servers, and each server logs every cause once.
    FILTER_LOG.setLevel(Level.ERROR);
    // Without this property each call searches every jar, which takes half the time of all
    // histories.
    System.setProperty("jakarta.json.provider", "org.eclipse.parsson.JsonProviderImpl");
    store =
        JdbcVisitorCodeStore.open(JdbcDatabase.of(DATABASE, null, null, null), SchemaMode.CREATE);
    // The first link creates the table; the histories begin with an empty table.
    store.link(new UserKey("0".repeat(64)), new VisitorCode("first"));
  }

  @AfterContainer
  static void close() {
    System.clearProperty("jakarta.json.provider");
    store.close();
    FILTER_LOG.setLevel(null);
  }

  @Property(shrinking = ShrinkingMode.FULL)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Label("a random history keeps the invariants")
  void history_randomCallsAndFaults_keepsRules(
      @ForAll("rules") HistoryWorld.Rules rules, @ForAll("histories") List<HistoryEvent> history) {
    judge(rules, history);
    everyOutcomeHappens();
  }

  /**
   * Runs after all histories, because a rule about an outcome that never occurs would prove
   * nothing.
   */
  private static void everyOutcomeHappens() {
    Statistics.label(HistoryWorld.OUTCOMES)
        .coverage(
            outcomes -> {
              for (Outcome outcome : Outcome.values()) {
                outcomes.check(outcome).count(times -> times > 0);
              }
            });
  }

  private static VisitorCodeStore emptyStore() {
    try (Connection connection = DriverManager.getConnection(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from kameleoon_visitor_code");
      return store;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Plays a history; plays a failed history again to record its story. */
  private static void judge(HistoryWorld.Rules rules, List<HistoryEvent> history) {
    try {
      play(new HistoryWorld(rules, emptyStore(), false), history);
    } catch (AssertionError e) {
      play(new HistoryWorld(rules, emptyStore(), true), history);
      throw e;
    }
  }

  private static void play(HistoryWorld world, List<HistoryEvent> history) {
    history.forEach(world::happen);
    world.heal();
  }

  // ---- possible events

  @Provide
  Arbitrary<HistoryWorld.Rules> rules() {
    return Combinators.combine(yesOrNo(), yesOrNo(), yesOrNo()).as(HistoryWorld.Rules::new);
  }

  @Provide
  Arbitrary<List<HistoryEvent>> histories() {
    return events().list().ofMinSize(1).ofMaxSize(40);
  }

  /** Ordered from simple to complex, because a failed history shrinks towards the first event. */
  private static Arbitrary<HistoryEvent> events() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, changes()),
        Tuple.of(3, signIns()),
        Tuple.of(1, cookies()),
        Tuple.of(1, consents()),
        Tuple.of(1, browsers().map(HistoryEvent.AnswerArrives::new)),
        Tuple.of(1, Arbitraries.of(1, 30, 59, 60).map(HistoryEvent.TimePasses::new)),
        Tuple.of(1, Arbitraries.integers().between(0, 3).map(HistoryEvent.AnswerIsLost::new)),
        Tuple.of(1, Arbitraries.integers().between(0, 3).map(HistoryEvent.AnswerIsSlow::new)),
        Tuple.of(1, Arbitraries.just(new HistoryEvent.DatabaseCatchesUp())),
        Tuple.of(
            1,
            Arbitraries.of(
                new HistoryEvent.DatabaseTurns(HistoryDatabase.Health.UP),
                new HistoryEvent.DatabaseTurns(HistoryDatabase.Health.UP),
                new HistoryEvent.DatabaseTurns(HistoryDatabase.Health.DOWN),
                new HistoryEvent.DatabaseTurns(HistoryDatabase.Health.SLOW),
                new HistoryEvent.Restarts(0),
                new HistoryEvent.Restarts(1),
                new HistoryEvent.SecretChanges())));
  }

  /** Returns the events that may change links, during which another such event may happen. */
  private static Arbitrary<HistoryEvent> changes() {
    Arbitrary<HistoryEvent> change =
        Arbitraries.frequencyOf(
            Tuple.of(6, visits()), Tuple.of(2, calls()), Tuple.of(2, administration()));
    Arbitrary<Optional<HistoryEvent>> meanwhile =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Optional.empty())), Tuple.of(1, change.map(Optional::of)));
    return Combinators.combine(change, Arbitraries.integers().between(0, 3), meanwhile)
        .as(
            (slow, calls, fast) ->
                fast.<HistoryEvent>map(event -> new HistoryEvent.Overtaken(slow, calls, event))
                    .orElse(slow));
  }

  private static Arbitrary<HistoryEvent> visits() {
    Arbitrary<HistoryRequest.Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(HistoryRequest.Kind.PAGE)),
            Tuple.of(1, Arbitraries.of(HistoryRequest.Kind.class)));
    return Combinators.combine(browsers(), nodes(), kinds, pages(), yesOrNo())
        .as(HistoryEvent.Visit::new);
  }

  private static Arbitrary<List<PageStep>> pages() {
    Arbitrary<PageStep> steps =
        Combinators.combine(Arbitraries.of(Deed.class), users()).as(PageStep::new);
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.just(List.of())), Tuple.of(1, steps.list().ofMaxSize(3)));
  }

  private static Arbitrary<HistoryEvent> calls() {
    return Combinators.combine(
            browsers(),
            nodes(),
            Arbitraries.of(HistoryCall.Name.class),
            Arbitraries.of("app-1", "app-2", "@0", "@1"),
            yesOrNo())
        .as(HistoryEvent.Calls::new);
  }

  private static Arbitrary<HistoryEvent> signIns() {
    return Combinators.combine(browsers(), users().injectNull(0.3)).as(HistoryEvent.SignsIn::new);
  }

  private static Arbitrary<HistoryEvent> administration() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Combinators.combine(users(), nodes()).as(HistoryEvent.IsErased::new)),
        Tuple.of(
            1, Combinators.combine(users(), users(), nodes()).as(HistoryEvent.IsRenamed::new)));
  }

  private static Arbitrary<HistoryEvent> cookies() {
    Arbitrary<String> texts = Arbitraries.of("app-1", "app-2", "_js_app-1", "null", "<b>");
    return Arbitraries.frequencyOf(
        Tuple.of(
            1,
            Combinators.combine(browsers(), texts, yesOrNo())
                .as(HistoryEvent.CookieIsPlanted::new)),
        Tuple.of(
            1, Combinators.combine(browsers(), browsers()).as(HistoryEvent.CookieIsCopied::new)));
  }

  private static Arbitrary<HistoryEvent> consents() {
    return Combinators.combine(browsers(), Arbitraries.of("yes", "no").injectNull(0.2), yesOrNo())
        .as(HistoryEvent.ConsentIs::new);
  }

  private static Arbitrary<Integer> browsers() {
    return Arbitraries.integers().between(0, HistoryWorld.BROWSERS - 1);
  }

  private static Arbitrary<Integer> nodes() {
    return Arbitraries.integers().between(0, HistoryWorld.NODES - 1);
  }

  private static Arbitrary<String> users() {
    return Arbitraries.of(HistoryWorld.USERS);
  }

  private static Arbitrary<Boolean> yesOrNo() {
    return Arbitraries.of(false, true);
  }
}
