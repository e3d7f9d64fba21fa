package io.github.kameleoonservlet.internal.reconcile;

import static io.github.kameleoonservlet.identity.Outcome.ISSUED;
import static io.github.kameleoonservlet.identity.Outcome.LINKED;
import static io.github.kameleoonservlet.identity.Outcome.RECOGNIZED;
import static io.github.kameleoonservlet.identity.Outcome.RESTORED;
import static io.github.kameleoonservlet.identity.Outcome.SEPARATED;
import static io.github.kameleoonservlet.identity.Outcome.UNRESOLVED;
import static io.github.kameleoonservlet.identity.Outcome.WITHHELD;
import static io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction.DELETE;
import static io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction.LEAVE;
import static io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction.REFRESH;
import static io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction.REWRITE;
import static io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction;
import io.github.kameleoonservlet.testing.FaultyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the README's decision table, row by row and for all combinations. */
class DecisionTableTest {

  private static final UserKeys KEYS = new UserKeys(Set.of("guest"), null, null);
  private static final UserKey USER = KEYS.caller("user-1").key();
  private static final UserKey OTHER = KEYS.caller("user-2").key();

  private static final VisitorCode S = new VisitorCode("stored");
  private static final VisitorCode C = new VisitorCode("free");
  private static final VisitorCode TAKEN = new VisitorCode("taken");
  private static final VisitorCode NEW = new VisitorCode("new-1");
  private static final List<VisitorCode> NONE = List.of();

  private static final boolean KNOWN = true;
  private static final boolean ANONYMOUS = false;

  static Stream<Arguments> rows() {
    return Stream.of(
        // row, user, stored, presented, result, cookie, link afterwards, outcome
        arguments("1", ANONYMOUS, null, NONE, NEW, WRITE, null, ISSUED),
        arguments("2", ANONYMOUS, null, List.of(C), C, REFRESH, null, RECOGNIZED),
        arguments(
            "2, of two the first",
            ANONYMOUS,
            null,
            List.of(C, TAKEN),
            C,
            REFRESH,
            null,
            RECOGNIZED),
        arguments("3", KNOWN, S, List.of(S), S, REFRESH, S, RECOGNIZED),
        arguments("3, among others", KNOWN, S, List.of(C, S), S, REFRESH, S, RECOGNIZED),
        arguments("4, others", KNOWN, S, List.of(C), S, REWRITE, S, RESTORED),
        arguments("4, none", KNOWN, S, NONE, S, WRITE, S, RESTORED),
        arguments("5", KNOWN, null, List.of(C), C, REFRESH, C, LINKED),
        arguments("6", KNOWN, null, List.of(TAKEN), NEW, REWRITE, NEW, SEPARATED),
        arguments("7", KNOWN, null, NONE, NEW, WRITE, NEW, LINKED));
  }

  @ParameterizedTest(name = "row {0}")
  @MethodSource("rows")
  void resolve_rowOfDecisionTable_returnsItsResult(
      String name,
      boolean known,
      VisitorCode stored,
      List<VisitorCode> presented,
      VisitorCode code,
      CookieAction cookie,
      VisitorCode link,
      Outcome outcome) {
    Spy store = store(stored);

    Reconciliation answer =
        resolver(store).resolve(claims(caller(known), null, presented, Consent.GIVEN, false));

    assertThat(answer).isEqualTo(new Reconciliation(code, outcome, cookie, true));
    assertThat(store.links.find(USER)).isEqualTo(Optional.ofNullable(link));
    if (!known) {
      assertThat(store.calls).isZero();
    }
  }

  @Test
  void resolve_storeUnavailable_isRequestOnly() {
    Spy store = store(S);
    store.down = true;

    Reconciliation answer =
        resolver(store).resolve(claims(caller(KNOWN), null, List.of(C), Consent.GIVEN, false));

    assertThat(answer).isEqualTo(new Reconciliation(C, UNRESOLVED, LEAVE, false));
  }

  static Stream<Arguments> resolve_nothingMayBeWritten_isRequestOnly() {
    return Stream.of(
        arguments("consent pending", KNOWN, List.of(C), Consent.PENDING, false, C, WITHHELD, LEAVE),
        arguments("refused", ANONYMOUS, List.of(C), Consent.REFUSED, false, C, WITHHELD, DELETE),
        arguments("refused, no code", KNOWN, NONE, Consent.REFUSED, true, NEW, WITHHELD, DELETE),
        arguments(
            "passive anonymous", ANONYMOUS, NONE, Consent.GIVEN, true, NEW, UNRESOLVED, LEAVE),
        arguments("passive new user", KNOWN, NONE, Consent.GIVEN, true, NEW, UNRESOLVED, LEAVE),
        arguments(
            "passive, no link", KNOWN, List.of(C), Consent.GIVEN, true, C, UNRESOLVED, LEAVE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void resolve_nothingMayBeWritten_isRequestOnly(
      String name,
      boolean known,
      List<VisitorCode> presented,
      Consent consent,
      boolean passive,
      VisitorCode code,
      Outcome outcome,
      CookieAction cookie) {
    Spy store = store(null);

    Reconciliation answer =
        resolver(store).resolve(claims(caller(known), null, presented, consent, passive));

    assertThat(answer).isEqualTo(new Reconciliation(code, outcome, cookie, false));
    assertThat(store.links.find(USER)).isEmpty();
  }

  @Test
  void resolve_passiveRequestWithCode_tracksNoExposure() {
    Claims anonymous = claims(caller(ANONYMOUS), null, List.of(C), Consent.GIVEN, true);
    Claims known = claims(caller(KNOWN), null, List.of(C), Consent.GIVEN, true);

    assertThat(resolver(store(S)).resolve(anonymous))
        .isEqualTo(new Reconciliation(C, RECOGNIZED, REFRESH, false));
    assertThat(resolver(store(S)).resolve(known))
        .isEqualTo(new Reconciliation(S, RESTORED, REWRITE, false));
  }

  @Test
  void resolve_announcedCode_overridesCookies() {
    Claims sync = claims(caller(ANONYMOUS), C, List.of(S), Consent.GIVEN, false);

    assertThat(resolver(store(null)).resolve(sync))
        .isEqualTo(new Reconciliation(C, RECOGNIZED, REWRITE, true));
  }

  /** An app that had a code before its user signed in calls POST /syncVisitor. */
  @Test
  void resolve_announcedCodeOfUser_isLinkedUnlessCodeIsStored() {
    Claims first = claims(caller(KNOWN), C, List.of(), Consent.GIVEN, false);
    Claims taken = claims(caller(KNOWN), TAKEN, List.of(C), Consent.GIVEN, false);

    assertThat(resolver(store(null)).resolve(first))
        .isEqualTo(new Reconciliation(C, LINKED, WRITE, true));
    assertThat(resolver(store(S)).resolve(first))
        .isEqualTo(new Reconciliation(S, RESTORED, WRITE, true));
    assertThat(resolver(store(null)).resolve(taken))
        .isEqualTo(new Reconciliation(NEW, SEPARATED, REWRITE, true));
  }

  @Test
  void resolve_unidentifiedCaller_isUnresolved() {
    Spy store = store(S);

    Reconciliation answer =
        resolver(store)
            .resolve(claims(Caller.unidentified(), null, List.of(C), Consent.GIVEN, false));

    assertThat(answer).isEqualTo(new Reconciliation(C, UNRESOLVED, LEAVE, false));
    assertThat(store.calls).isZero();
  }

  @Test
  void observer_everyResult_getsClaimsAndResult() {
    List<Object> observed = new ArrayList<>();
    Claims known = claims(caller(KNOWN), null, List.of(C), Consent.GIVEN, false);
    Spy store = store(null);
    VisitorResolver observing =
        new VisitorResolver(
            new Reconciler(() -> NEW),
            new UserLinks(FaultyStore.before(store.links, store)),
            (claims, answer) -> {
              observed.add(claims);
              observed.add(answer);
            });

    Reconciliation linked = observing.resolve(known);
    store.down = true;
    Reconciliation unresolved = observing.resolve(known);

    assertThat(observed).containsExactly(known, linked, known, unresolved);
  }

  @Test
  void resolve_userLinkedMeanwhile_returnsCodeOfWinner() {
    Spy store = store(null);
    store.beforeLink = () -> store.links.link(USER, S);

    Reconciliation answer =
        resolver(store).resolve(claims(caller(KNOWN), null, List.of(C), Consent.GIVEN, false));

    assertThat(answer).isEqualTo(new Reconciliation(S, RESTORED, REWRITE, true));
  }

  @Test
  void resolve_drawnCodeTaken_drawsAgain() {
    Spy store = store(null);
    store.links.link(KEYS.caller("user-3").key(), NEW);

    Reconciliation answer =
        resolver(store).resolve(claims(caller(KNOWN), null, NONE, Consent.GIVEN, false));

    VisitorCode second = new VisitorCode("new-2");
    assertThat(answer).isEqualTo(new Reconciliation(second, LINKED, WRITE, true));
  }

  @Test
  void resolve_everyRaceLost_endsAfterThreeRounds() {
    Spy store = store(null);
    store.links.link(KEYS.caller("user-3").key(), NEW);
    store.links.link(KEYS.caller("user-4").key(), new VisitorCode("new-2"));

    Reconciliation answer =
        resolver(store).resolve(claims(caller(KNOWN), null, List.of(TAKEN), Consent.GIVEN, false));

    assertThat(answer).isEqualTo(new Reconciliation(TAKEN, UNRESOLVED, LEAVE, false));
    assertThat(store.linkCalls).isEqualTo(Reconciler.MAX_ROUNDS);
  }

  @Test
  void resolve_everyCombination_keepsInvariants() {
    int tried = 0;
    List<VisitorCode> codes = List.of(S, C, TAKEN);
    for (Caller caller :
        List.of(
            caller(ANONYMOUS),
            caller(KNOWN),
            Caller.unidentified(),
            Caller.unmeasured(),
            KEYS.caller("guest"))) {
      for (VisitorCode stored : new VisitorCode[] {null, S}) {
        for (boolean down : new boolean[] {false, true}) {
          for (List<VisitorCode> cookies : lists(codes)) {
            for (VisitorCode announced : new VisitorCode[] {null, S, C, TAKEN}) {
              for (Consent consent : Consent.values()) {
                for (boolean passive : new boolean[] {false, true}) {
                  check(stored, down, claims(caller, announced, cookies, consent, passive));
                  tried++;
                }
              }
            }
          }
        }
      }
    }
    assertThat(tried).isEqualTo(5 * 2 * 2 * 16 * 4 * 3 * 2);
  }

  private static void check(VisitorCode stored, boolean down, Claims claims) {
    Spy store = store(stored);
    store.down = down;
    Reconciliation answer = resolver(store).resolve(claims);
    store.down = false;
    String what = claims.caller().identified() + " " + stored + " " + down + " " + claims;
    boolean requestOnly = answer.outcome().isRequestOnly();
    boolean user = claims.caller().key() != null;

    assertThat(store.links.find(OTHER)).as(what).contains(TAKEN);
    assertThat(answer.exposure()).as(what).isEqualTo(!requestOnly && !claims.passive());
    assertThat(requestOnly).as(what).isEqualTo(!canBeResolved(stored, down, claims));
    if (!claims.caller().measured()) {
      assertThat(answer.outcome()).as(what).isEqualTo(UNRESOLVED);
      assertThat(answer.cookie()).as(what).isEqualTo(LEAVE);
    } else if (claims.consent() != Consent.GIVEN) {
      assertThat(answer.outcome()).as(what).isEqualTo(WITHHELD);
    }
    if (!user || claims.consent() != Consent.GIVEN) {
      assertThat(store.calls).as(what).isZero();
    }
    if (stored != null) {
      assertThat(store.links.find(USER)).as(what).contains(stored);
    }
    if (requestOnly) {
      assertThat(answer.cookie()).as(what).isIn(LEAVE, DELETE);
      assertThat(store.links.find(USER)).as(what).isEqualTo(Optional.ofNullable(stored));
      return;
    }
    assertThat(claims.caller().identified() && claims.consent() == Consent.GIVEN).as(what).isTrue();
    assertThat(answer.cookie())
        .as(what)
        .isEqualTo(
            claims.cookies().isEmpty()
                ? WRITE
                : claims.cookies().contains(answer.code()) ? REFRESH : REWRITE);
    if (user) {
      assertThat(store.links.find(USER)).as(what).contains(answer.code());
      assertThat(answer.code()).as(what).isNotEqualTo(TAKEN);
      if (stored == null && !claims.presented().isEmpty()) {
        boolean taken = claims.presented().get(0).equals(TAKEN);
        assertThat(answer.outcome()).as(what).isEqualTo(taken ? SEPARATED : LINKED);
        assertThat(claims.presented().contains(answer.code())).as(what).isEqualTo(!taken);
      }
      assertThat(stored == null && claims.passive()).as(what).isFalse();
    } else if (!claims.presented().isEmpty()) {
      assertThat(answer.code()).as(what).isEqualTo(claims.presented().get(0));
    }
  }

  /**
   * Returns whether a request must be resolved: a code is presented or may be issued, and the store
   * answers every call. Without this rule a reconciler that resolves no request would keep every
   * invariant.
   */
  private static boolean canBeResolved(VisitorCode stored, boolean down, Claims claims) {
    if (claims.consent() != Consent.GIVEN || !claims.caller().identified()) {
      return false;
    }
    if (claims.caller().key() != null) {
      return !down && (stored != null || !claims.passive());
    }
    return !claims.presented().isEmpty() || !claims.passive();
  }

  /** Returns all ordered selections without repetition of three codes: 1 + 3 + 6 + 6. */
  private static List<List<VisitorCode>> lists(List<VisitorCode> codes) {
    List<List<VisitorCode>> lists = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < lists.size(); i++) {
      for (VisitorCode code : codes) {
        if (!lists.get(i).contains(code)) {
          List<VisitorCode> longer = new ArrayList<>(lists.get(i));
          longer.add(code);
          lists.add(longer);
        }
      }
    }
    return lists;
  }

  private static Caller caller(boolean known) {
    return known ? Caller.known(USER) : Caller.anonymous();
  }

  private static Claims claims(
      Caller caller,
      VisitorCode announced,
      List<VisitorCode> cookies,
      Consent consent,
      boolean passive) {
    return new Claims(caller, announced, cookies, consent, passive);
  }

  private static VisitorResolver resolver(Spy store) {
    AtomicInteger drawn = new AtomicInteger();
    return new VisitorResolver(
        new Reconciler(() -> new VisitorCode("new-" + drawn.incrementAndGet())),
        new UserLinks(FaultyStore.before(store.links, store)));
  }

  private static Spy store(VisitorCode stored) {
    Spy store = new Spy();
    if (stored != null) {
      store.links.link(USER, stored);
    }
    store.links.link(OTHER, TAKEN);
    return store;
  }

  /** A fault that counts the calls to a store in memory, lets calls fail, and causes races. */
  private static final class Spy implements FaultyStore.Fault {
    final InMemoryVisitorCodeStore links = new InMemoryVisitorCodeStore();
    int calls;
    int linkCalls;
    boolean down;
    Runnable beforeLink = () -> {};

    @Override
    public Object answer(String method, FaultyStore.Call call) throws Throwable {
      if (method.equals("link")) {
        linkCalls++;
        beforeLink.run();
      }
      calls++;
      if (down) {
        throw new StoreUnavailableException("down");
      }
      return call.proceed();
    }
  }
}
