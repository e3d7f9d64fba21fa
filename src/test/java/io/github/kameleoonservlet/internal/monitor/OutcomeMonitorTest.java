package io.github.kameleoonservlet.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.WarningCounts.Kind;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the log of sites with valid and wrong user ids and stores. */
class OutcomeMonitorTest {

  private static final UserKeys KEYS = new UserKeys(Set.of(), null, null);

  private final Statistics statistics = new Statistics(0);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong drawn = new AtomicLong();
  private final RecordedLog log = new RecordedLog(Level.INFO);
  private final Site shop = new Site();

  @AfterEach
  void close() {
    log.close();
  }

  // ---- one id for many users

  @Test
  void userId_inHundredBrowsersWithinMinutes_logsOneWarning() {
    shop.visit("tenant", new Browser());
    for (int i = 1; i < RestoredUsers.MANY_BROWSERS; i++) {
      shop.visit("tenant", anonymous());
      pass(Duration.ofSeconds(5));
    }
    assertThat(log.complaints()).isEmpty();

    for (int i = 0; i < 200; i++) {
      shop.visit("tenant", anonymous());
    }

    assertThat(log.complaints()).singleElement().asString().contains("100 browsers", "notUsers");
    assertThat(detected()).isEqualTo(Map.of(Kind.SHARED_USER_ID, 200L));
    assertLogHasNoCodesAndIds();
  }

  @Test
  void userId_inNewBrowserEachMinute_logsNoWarning() {
    for (int i = 0; i < 500; i++) {
      shop.visit("monitoring", anonymous());
      pass(Duration.ofMinutes(1));
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void loadTest_64BrowsersPerUser_logsNoWarning() {
    for (int user = 0; user < 20; user++) {
      for (int i = 0; i < 64; i++) {
        Browser browser = anonymous();
        shop.visit("user-" + user, browser);
        shop.visit("user-" + user, browser);
      }
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void cookies_manyInOneRequest_countOnce() {
    shop.visit("user-1", new Browser());
    List<VisitorCode> sent =
        IntStream.range(0, 200).mapToObj(i -> new VisitorCode("sent-" + i)).toList();

    shop.resolve("user-1", null, sent);

    assertThat(log.complaints()).isEmpty();
  }

  // ---- an id that changes with each login

  @Test
  void userId_changesWithEachLogin_logsOneWarning() {
    List<Browser> browsers = browsers(30);
    for (int login = 0; login < 10; login++) {
      for (int i = 0; i < browsers.size(); i++) {
        String transientId = "login-" + login + "-" + i;
        shop.visit(transientId, browsers.get(i));
        shop.visit(transientId, browsers.get(i));
      }
      pass(Duration.ofHours(8));
    }

    assertThat(log.complaints()).singleElement().asString().contains("of the last 100", "SAML");
    assertThat(detected()).containsOnlyKeys(Kind.CHANGING_USER_ID);
    assertLogHasNoCodesAndIds();
  }

  @Test
  void newUsers_eachInOwnBrowser_logNoWarning() {
    for (int i = 0; i < 1_000; i++) {
      Browser browser = anonymous();
      shop.visit("user-" + i, browser);
      shop.visit("user-" + i, browser);
    }

    assertThat(log.complaints()).isEmpty();
  }

  /**
   * On the filter's first day every clerk first signs in on a device that other users have used.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void clerks_sharingTills_logNoWarning(int tills) {
    List<Browser> browsers = browsers(tills);
    for (int turn = 0; turn < 40; turn++) {
      for (int clerk = 0; clerk < 3 * tills; clerk++) {
        shop.visit("clerk-" + clerk, browsers.get((clerk + turn) % tills));
        pass(Duration.ofSeconds(20));
      }
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void newClerks_returningToOneTill_logNoWarning() {
    Browser till = anonymous();
    for (int clerk = 0; clerk < 200; clerk++) {
      shop.visit("clerk-" + clerk, till);
      if (clerk % 3 == 2) {
        shop.visit("clerk-" + (clerk - 2), till);
      }
      pass(Duration.ofMinutes(1));
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void family_onSharedDevices_logsNoWarning() {
    List<Browser> devices = browsers(4);
    for (int turn = 0; turn < 1_000; turn++) {
      shop.visit("member-" + turn % 5, devices.get(turn % 4));
      pass(Duration.ofMinutes(turn % 3));
    }

    assertThat(log.complaints()).isEmpty();
  }

  // ---- a second store on the same host

  @Test
  void passiveRequests_withoutCookieInResponse_doNotCount() {
    shop.resolve("user-1", null, List.of(new VisitorCode("mine")));
    for (int poll = 0; poll < 3 * RestoredUsers.MANY_RETURNS; poll++) {
      shop.resolve("user-1", null, List.of(new VisitorCode("old")), true);
      pass(Duration.ofSeconds(30));
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void twoApplicationsWithSeparateStores_onOneHost_logOneWarningEach() {
    Site forum = new Site();
    forum.resolve("user-1", null, List.of(new VisitorCode("of-the-forum")));
    shop.resolve("user-1", null, List.of(new VisitorCode("of-the-shop")));
    Browser browser = new Browser();
    for (int click = 0; click < RestoredUsers.MANY_RETURNS; click++) {
      assertThat(log.complaints()).isEmpty();
      shop.visit("user-1", browser);
      forum.visit("user-1", browser);
      pass(Duration.ofSeconds(30));
    }
    for (int click = 0; click < 100; click++) {
      shop.visit("user-1", browser);
      forum.visit("user-1", browser);
      pass(Duration.ofSeconds(30));
    }

    assertThat(log.complaints()).hasSize(2).allMatch(line -> line.contains("one store"));
    assertLogHasNoCodesAndIds();
  }

  /** In observe mode no response corrects the cookie, so each click brings the old code again. */
  @Test
  void secondDevice_inObserveMode_logsNoWarning() {
    OutcomeMonitor observing = new OutcomeMonitor(statistics.warnings(), true, nanos::get);
    Claims click =
        new Claims(
            KEYS.caller("user-1"), null, List.of(new VisitorCode("old")), Consent.GIVEN, false);
    Reconciliation restored =
        new Reconciliation(
            new VisitorCode("mine"), Outcome.RESTORED, Reconciliation.CookieAction.REWRITE, true);
    for (int i = 0; i < 3 * RestoredUsers.MANY_RETURNS; i++) {
      observing.accept(click, restored);
      pass(Duration.ofSeconds(30));
    }

    assertThat(log.complaints()).isEmpty();
    assertThat(detected()).isEmpty();
  }

  @Test
  void requestsOfOneClick_withOldCookie_countOnce() {
    shop.visit("user-1", new Browser());
    for (int i = 0; i < 200; i++) {
      shop.resolve("user-1", null, List.of(new VisitorCode("before")));
      pass(Duration.ofMillis(20));
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void app_sendsOwnCodeWithEachCall_logsNoWarning() {
    shop.visit("user-1", new Browser());
    for (int i = 0; i < 100; i++) {
      shop.resolve("user-1", new VisitorCode("of-the-app"), List.of());
      pass(Duration.ofSeconds(30));
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void user_sometimesReturnsWithOldCode_logsNoWarning() {
    shop.visit("user-1", new Browser());
    for (int i = 0; i < 100; i++) {
      shop.resolve("user-1", null, List.of(new VisitorCode("old")));
      pass(Duration.ofMinutes(3));
    }

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void otherCode_returnedFiveTimes_logsWarning() {
    shop.visit("user-1", new Browser());
    for (int i = 1; i <= RestoredUsers.MANY_RETURNS; i++) {
      assertThat(log.complaints()).isEmpty();
      shop.resolve("user-1", null, List.of(new VisitorCode("old")));
      pass(RestoredUsers.ONE_CLICK);
    }

    assertThat(log.complaints()).singleElement().asString().contains("came back 5 times");
    assertThat(detected()).isEqualTo(Map.of(Kind.SECOND_STORE, 1L));
  }

  @Test
  void codeOfOtherUser_onSharedDevice_logsNoWarning() {
    shop.visit("user-1", new Browser());
    Browser till = anonymous();
    shop.visit("user-2", till);
    for (int i = 0; i < 10; i++) {
      shop.resolve("user-1", null, List.of(till.code));
      pass(RestoredUsers.ONE_CLICK);
    }

    assertThat(log.complaints()).isEmpty();
  }

  // ---- costs

  @Test
  void restoredUsers_moreThanThousand_areForgotten() {
    for (int i = 0; i < 5_000; i++) {
      shop.visit("user-" + i, new Browser());
      shop.visit("user-" + i, anonymous());
    }

    assertThat(shop.monitor.remembered()).isBetween(1L, 1_000L);
    pass(RestoredUsers.WINDOW);
    assertThat(shop.monitor.remembered()).isZero();
  }

  @Test
  void anonymousVisitorsAndRecognizedUsers_anyRequest_areNotRemembered() {
    Browser browser = anonymous();
    shop.visit(null, browser);
    shop.visit("user-1", browser);
    assertThat(shop.visit("user-1", browser).outcome()).isEqualTo(Outcome.RECOGNIZED);

    assertThat(shop.monitor.remembered()).isZero();
  }

  private void assertLogHasNoCodesAndIds() {
    assertThat(log.lines())
        .noneMatch(
            line -> line.matches("(?s).*(new-\\d|anonymous-\\d|of-the-|user-\\d|login-\\d).*"))
        .noneMatch(line -> line.matches("(?s).*[0-9a-f]{64}.*"));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Browser anonymous() {
    Browser browser = new Browser();
    browser.code = new VisitorCode("anonymous-" + drawn.incrementAndGet());
    return browser;
  }

  /** Returns how often each mistake was detected, also after its first log line. */
  private Map<Kind, Long> detected() {
    return statistics.warnings().snapshot().stream()
        .collect(Collectors.toMap(warning -> warning.kind(), warning -> warning.count()));
  }

  private List<Browser> browsers(int count) {
    List<Browser> browsers = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> browsers.add(anonymous()));
    return browsers;
  }

  private static final class Browser {
    VisitorCode code;
  }

  /** A web application with a separate store. */
  private final class Site {
    final OutcomeMonitor monitor = new OutcomeMonitor(statistics.warnings(), false, nanos::get);
    final VisitorResolver resolver =
        new VisitorResolver(
            new Reconciler(() -> new VisitorCode("new-" + drawn.incrementAndGet())),
            new UserLinks(new InMemoryVisitorCodeStore()),
            monitor);

    Reconciliation visit(String user, Browser browser) {
      Reconciliation answer =
          resolve(user, null, browser.code == null ? List.of() : List.of(browser.code));
      browser.code = answer.code();
      return answer;
    }

    Reconciliation resolve(String user, VisitorCode announced, List<VisitorCode> cookies) {
      return resolve(user, announced, cookies, false);
    }

    Reconciliation resolve(
        String user, VisitorCode announced, List<VisitorCode> cookies, boolean passive) {
      return resolver.resolve(
          new Claims(KEYS.caller(user), announced, cookies, Consent.GIVEN, passive));
    }
  }
}
