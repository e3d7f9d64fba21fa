package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.decision.RecordingDecisions;
import io.github.kameleoonservlet.internal.guard.SteeredCache;
import io.github.kameleoonservlet.internal.http.ApplicationSdk;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.visitor.AsyncSupport;
import io.github.kameleoonservlet.internal.visitor.BrowserFactsCache;
import io.github.kameleoonservlet.internal.visitor.ClaimsReader;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import io.github.kameleoonservlet.internal.visitor.PreviewLinks;
import io.github.kameleoonservlet.internal.visitor.StoredUsers;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two servers with a cache each, one database, two browsers, two users, and the time. The numbers
 * are as small as possible, so that the events affect each other often.
 */
final class HistoryWorld {

  static final List<String> USERS = List.of("ann", "bob");
  static final int NODES = 2;
  static final int BROWSERS = 2;
  static final int CACHE_SECONDS = 60;

  /** The label under which the outcomes of all histories are counted. */
  static final String OUTCOMES = "outcomes";

  /** The settings of the application, the same on both servers. */
  record Rules(boolean consentRequired, boolean renewAfterSignOut, boolean domain) {}

  final Rules rules;
  final HistoryDatabase database;
  final HistoryLinks links;
  final List<Node> nodes = new ArrayList<>();
  final List<HistoryBrowser> browsers = new ArrayList<>();
  final ServletContext api = new ApiBrowser.Context();
  long second;
  int requests;

  /** Whether another event happens while the present event waits for the database. */
  boolean overtaken;

  private final boolean telling;
  private final List<String> log = new ArrayList<>();
  private String indent = "";
  private boolean secretChanged;
  private int drawn;
  private int servers;

  /**
   * Creates a world without any events.
   *
   * @param telling whether the world records its story, which takes longer than the events
   */
  HistoryWorld(Rules rules, VisitorCodeStore store, boolean telling) {
    this.telling = telling;
    this.rules = rules;
    this.database = new HistoryDatabase(store, node -> links().observe(node));
    this.links = new HistoryLinks(this, user -> rows(store, user));
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node());
    }
    for (int i = 0; i < BROWSERS; i++) {
      browsers.add(new HistoryBrowser());
    }
  }

  private HistoryLinks links() {
    return links;
  }

  private static List<Optional<VisitorCode>> rows(VisitorCodeStore store, String user) {
    Caller caller = keys(true).caller(user);
    return Stream.of(caller.key(), caller.previousKey()).map(store::find).toList();
  }

  private static UserKeys keys(boolean changed) {
    return new UserKeys(Set.of("guest"), changed ? "new" : "old", changed ? "old" : null);
  }

  /** Runs an event, and records it in the story. */
  void happen(HistoryEvent event) {
    tell(event);
    String outer = indent;
    indent = outer + "    ";
    event.happen(this);
    indent = outer;
  }

  /** Adds a line to the story if it is recorded. */
  void tell(Object... words) {
    if (telling) {
      log.add(indent + sentence(words));
    }
  }

  private static String sentence(Object... words) {
    return Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** Fails with the whole story if a rule does not hold. */
  void require(boolean holds, String rule, Object... instead) {
    if (!holds) {
      throw new AssertionError(
          "The rule \"%s\" does not hold: %s.\n%s\n%s"
              .formatted(rule, sentence(instead), rules, story()));
    }
  }

  String story() {
    return String.join("\n", log);
  }

  /** Returns the code that an event's text names: {@code @1} is the code of browser 1. */
  String code(String text) {
    if (!text.startsWith("@")) {
      return text;
    }
    List<String> codes = browsers.get(Integer.parseInt(text.substring(1))).jar.presented();
    return codes.isEmpty() ? "app-1" : codes.get(0);
  }

  int drawn() {
    return drawn;
  }

  /** Returns whether a code was drawn after a number of draws. */
  boolean drawnSince(int before, String code) {
    return code.startsWith("new-") && Integer.parseInt(code.substring(4)) > before;
  }

  void restart(int node) {
    nodes.set(node, new Node());
  }

  /**
   * Changes the secret of the user keys, only once: the library finds no link of an older secret.
   */
  void changeSecret() {
    if (!secretChanged) {
      secretChanged = true;
      for (int i = 0; i < NODES; i++) {
        restart(i);
      }
    }
  }

  /**
   * Ends all faults, and checks that all browsers of a user finally have the user's stored code.
   */
  void heal() {
    database.behave();
    happen(new HistoryEvent.DatabaseCatchesUp());
    happen(new HistoryEvent.TimePasses(CACHE_SECONDS));
    for (String user : USERS) {
      for (int browser = 0; browser < BROWSERS; browser++) {
        browsers.get(browser).jar =
            browsers.get(browser).jar.withConsent("yes", false).withConsent(null, true);
        browsers.get(browser).underWay.clear();
        happen(new HistoryEvent.SignsIn(browser, user));
        happen(
            new HistoryEvent.Visit(
                browser, browser % NODES, HistoryRequest.Kind.PAGE, List.of(), false));
        List<String> codes = browsers.get(browser).jar.codes();
        require(
            codes.stream().allMatch(code -> code.equals(links.of(user))) && !codes.isEmpty(),
            "in the end a user's browsers have the stored code",
            user,
            "has",
            codes,
            "of",
            links);
      }
    }
  }

  /** A server from one start to the next, with its own cache. */
  final class Node {
    final int number = ++servers;
    final RecordingDecisions decisions = new RecordingDecisions();
    final VisitorService service;
    final KameleoonVisitorFilter filter;

    Node() {
      UserLinks userLinks =
          new UserLinks(
              SteeredCache.before(
                  database.connection(number),
                  store -> database.guard(store, change -> links().permitted(change)),
                  Duration.ofSeconds(CACHE_SECONDS),
                  () -> second));
      UserKeys keys = keys(secretChanged);
      this.service = new StoredUsers(keys, userLinks, new PreviewLinks(null, null, "", decisions));
      ConsentReader consent =
          rules.consentRequired
              ? new ConsentReader(true, null, HistoryBrowser.CONSENT, "yes")
              : ConsentReader.notRequired();
      this.filter =
          new KameleoonVisitorFilter(
              new FilterParts(
                  new VisitorResolver(
                      new Reconciler(() -> new VisitorCode("new-" + ++drawn)), userLinks),
                  service,
                  decisions,
                  new ClaimsReader(keys, HistoryRequest::user, consent),
                  consent,
                  null,
                  new VisitorCookieWriter(
                      rules.domain ? List.of("shop.example") : List.of(), false, "Lax"),
                  new PathPatterns(List.of("*.css")),
                  rules.renewAfterSignOut,
                  null,
                  FactSettings.NONE,
                  new BrowserFactsCache(),
                  new AsyncSupport(),
                  new ApplicationSdk(),
                  new Statistics(0),
                  null,
                  false));
    }
  }
}
