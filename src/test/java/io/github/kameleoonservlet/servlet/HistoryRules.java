package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.statistics.Statistics;

/** The rules that a request and its response must keep: the design's invariants. */
final class HistoryRules {

  private final HistoryWorld world;
  private final HistoryWorld.Node node;
  private final HistoryBrowser.Jar jar;
  private final HistoryBrowser.Jar sent;
  private final boolean passive;
  private final boolean identified;
  private final int moment;
  private final int drawn;
  private final Set<String> resolvedCodes = new HashSet<>();
  private final Set<String> mayLink = new HashSet<>();

  /** The codes for which the provider was notified of the consent. */
  private final Set<String> codesWithConsent = new HashSet<>();

  /** The codes for which a page has read the variation; the provider decides once for each code. */
  private final Set<String> decided = new HashSet<>();

  private String user;
  private Consent consent;
  private int calls;
  private int failures;
  private int stateMoment;

  /** The codes that the browser has after this response; the library uses the first one. */
  private List<String> has;

  private Outcome outcome;
  private String code;
  private boolean erased;
  private boolean signedOut;
  private boolean renewed;

  /**
   * Starts the rules of a request that is about to be sent.
   *
   * @param jar the browser's cookies
   * @param sent the cookies that the request carries
   */
  HistoryRules(
      HistoryWorld world,
      HistoryWorld.Node node,
      HistoryBrowser.Jar jar,
      HistoryBrowser.Jar sent,
      String user,
      boolean passive,
      boolean identified) {
    this.world = world;
    this.node = node;
    this.jar = jar;
    this.sent = sent;
    this.user = user;
    this.passive = passive;
    this.identified = identified;
    this.has = sent.presented();
    this.moment = world.links.moment();
    this.drawn = world.drawn();
    this.consent = world.rules.consentRequired() ? sent.answer() : Consent.GIVEN;
  }

  void begin() {
    world.requests++;
    calls = world.database.calls;
    failures = world.database.failures;
    stateMoment = moment;
    node.decisions.calls.clear();
    mayLink(user);
  }

  private void mayLink(String who) {
    if (who != null && identified && !passive && mayLink.add(who)) {
      world.links.linking.add(who);
    }
  }

  // ---- steps of the request

  void signsIn(String who) {
    user = who;
    signedOut = false;
    mayLink(who);
  }

  /** Signs out; a logout signs out only if the application can report that no user is signed in. */
  void signsOut(boolean committed, boolean logsOut) {
    user = null;
    if (!committed) {
      signedOut = identified || !logsOut;
      renewed |= signedOut && world.rules.renewAfterSignOut();
      has = signedOut && world.rules.renewAfterSignOut() ? List.of() : has;
    }
  }

  void announces(String announced) {
    List<String> all = new ArrayList<>(List.of(announced));
    all.addAll(has);
    has = all;
  }

  void consents(Consent answer) {
    consent = answer;
  }

  void erased() {
    require(user != null || world.database.calls == calls, "without a user the store is not asked");
    erased = true;
    resolvedCodes.clear();
  }

  // ---- results of the request

  /** Checks a visitor that was resolved, for the first time or again. */
  void resolved(Visitor visitor, Object attribute) {
    outcome = visitor.getOutcome();
    code = visitor.getCode();
    Statistics.label(HistoryWorld.OUTCOMES).collect(outcome);
    world.tell(outcome, code, "for", user);
    require(VisitorCode.parse(code).isPresent(), "a code is valid");
    require(code.equals(attribute), "the attribute is the code");
    if (consent != Consent.GIVEN) {
      require(outcome == Outcome.WITHHELD, "without consent nothing is remembered");
    } else if (!identified && !signedOut) {
      require(outcome == Outcome.UNRESOLVED, "who cannot be identified is not anonymous");
    } else if (user == null) {
      anonymous();
    } else {
      known();
    }
    if (user == null || consent != Consent.GIVEN) {
      require(world.database.calls == calls, "without user or consent the store is not asked");
    }
    calls = world.database.calls;
    failures = world.database.failures;
    stateMoment = world.links.moment();
    if (!outcome.isRequestOnly()) {
      resolvedCodes.add(code);
      has = List.of(code);
    }
  }

  private void anonymous() {
    if (!has.isEmpty()) {
      require(
          outcome == Outcome.RECOGNIZED && code.equals(has.get(0)),
          "a valid code of an anonymous visitor stays");
    } else if (passive) {
      require(outcome == Outcome.UNRESOLVED, "a passive request gets no new code");
    } else {
      require(
          outcome == Outcome.ISSUED && world.drawnSince(drawn, code),
          "who has no code gets a new one");
    }
  }

  private void known() {
    if (outcome == Outcome.UNRESOLVED) {
      require(
          world.database.failures > failures || passive && world.links.unlinkedSince(moment, user),
          "a known user is resolved while the store answers");
      return;
    }
    require(
        world.links.believable(moment, user, node.number).contains(code),
        "a known user has the stored code");
    switch (outcome) {
      case RECOGNIZED -> require(has.contains(code), "only a presented code is recognized");
      case RESTORED -> require(!has.contains(code), "a presented code is recognized");
      case LINKED, SEPARATED -> {
        require(!passive, "a passive request links no user");
        boolean free = !has.isEmpty() && !world.links.linkedBefore(stateMoment, has.get(0));
        require(
            world.overtaken || (free ? code.equals(has.get(0)) : world.drawnSince(drawn, code)),
            "a free presented code is adopted, in place of another's a new one is drawn");
        require(
            world.overtaken || (outcome == Outcome.LINKED) == (free || has.isEmpty()),
            "only a user who brought another's code is separated");
      }
      default -> require(false, "a known user has one of these outcomes");
    }
  }

  /** Checks that the library has not resolved the visitor again. */
  void unchanged(Visitor visitor) {
    require(
        visitor.getOutcome() == outcome && visitor.getCode().equals(code),
        "after the commitment, and on an error page, the visitor is the same");
  }

  /** Uses the visitor as a page does, and checks the calls of the provider. */
  void use(Visitor visitor) {
    visitor.getVariations().get("banner");
    visitor.trackConversion(1, 2);
    visitor.addCustomData(1, "x");
    require(
        visitor.getEngineTrackingCode().startsWith("/* ") != (outcome.isRequestOnly() || passive),
        "the web SDK receives the server's exposures where there are any");
    if (decided.add(code)) {
      reaches("decide " + code + " banner" + (passive ? "" : " exposed"));
    }
    reaches("conversion " + code + " 1 2.0");
    reaches("data " + code + " 1 [x]");
    used(visitor, true);
  }

  /** Checks that the provider was called once, unless the code ends with the request. */
  void reaches(String call) {
    require(
        outcome.isRequestOnly() || Collections.frequency(node.decisions.calls, call) == 1,
        "what a visitor reads and does reaches the provider, once",
        call,
        node.decisions.calls);
  }

  /** Checks that the provider received the refusal for each code that the browser sent. */
  void refused() {
    for (String presented : sent.presented()) {
      require(
          node.decisions.calls.contains("consent " + presented + " false"),
          "the provider is notified of a refusal",
          node.decisions.calls);
    }
  }

  /** Checks the calls of the provider for decisions and events. */
  void used(Visitor visitor, boolean exposed) {
    for (String call : node.decisions.calls) {
      boolean refusal =
          consent == Consent.REFUSED && call.startsWith("consent") && call.endsWith("false");
      require(
          refusal || !outcome.isRequestOnly() && call.contains(" " + code + " "),
          "events are sent for the resolved code only",
          call);
      require(
          !call.endsWith("exposed") || exposed && !passive,
          "only what a person sees is an exposure",
          call);
    }
    if (world.rules.consentRequired()
        && !node.decisions.calls.isEmpty()
        && !outcome.isRequestOnly()
        && codesWithConsent.add(code)) {
      require(
          node.decisions.calls.get(0).equals("consent " + code + " true"),
          "consent is passed first");
    }
    node.decisions.calls.clear();
  }

  /** Checks the complete response. */
  void end(List<String> headers, boolean navigation, boolean excluded) {
    // One by one, because a request at the same time may permit the same link.
    mayLink.forEach(world.links.linking::remove);
    List<String> ours =
        headers.stream()
            .filter(header -> header.startsWith(RequestCookies.VISITOR_CODE + "="))
            .toList();
    List<String> written =
        ours.stream()
            .filter(header -> !header.contains("Max-Age=0;"))
            .map(header -> header.substring(header.indexOf('=') + 1, header.indexOf(';')))
            .toList();
    world.tell("cookies written", written, "links", world.links);
    require(written.size() <= 1, "one visitor cookie per answer", written);
    require(resolvedCodes.containsAll(written), "a request-only code leaves no request");
    boolean deletes = consent == Consent.REFUSED || erased;
    require(
        deletes ? written.isEmpty() : renewed || ours.isEmpty() || !written.isEmpty(),
        "a cookie is deleted by erasure, refusal, and a sign-out that renews");
    require(!excluded || ours.isEmpty(), "an excluded path writes no cookie");
    HistoryBrowser.Jar after = jar.after(headers);
    if (consent == Consent.REFUSED && outcome != null && !excluded) {
      require(after.codes().isEmpty(), "refused consent deletes the cookie");
    }
    if (outcome == null || outcome.isRequestOnly() || excluded) {
      return;
    }
    boolean all = navigation || !written.isEmpty();
    require(
        all
            ? after.codes().stream().allMatch(code::equals) && !after.codes().isEmpty()
            : after.presented().contains(code),
        "the answer leaves the browser with the code",
        after);
    require(
        navigation
            || written.isEmpty()
            || !sent.presented().contains(written.get(0))
            || resolvedCodes.size() > 1,
        "an answer in the background does not repeat the code");
  }

  private void require(boolean holds, String rule, Object... more) {
    if (!holds) {
      world.require(false, rule, outcome, code, "for", user, "the browser had", has, List.of(more));
    }
  }
}
