package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way of one request: cookie, user, store, decisions, exposures. Uses what the filter gives to
 * every page, and decides no feature by itself.
 */
public final class Way {

  private static final int SHOWN = 40;

  private final Visitor visitor;
  private final Outcome outcome;
  private final boolean cookieSent;
  private final boolean fetchedAhead;
  private final List<Variation> decided;

  private Way(HttpServletRequest request, Visitor visitor) {
    this.visitor = visitor;
    this.outcome = visitor.getOutcome();
    this.cookieSent =
        request.getCookies() != null
            && Stream.of(request.getCookies())
                .anyMatch(cookie -> cookie.getName().equals("kameleoonVisitorCode"));
    this.fetchedAhead = request.getHeader("Sec-Purpose") != null;
    this.decided = List.copyOf(visitor.getDecided().values());
  }

  /** Returns the way of a request so far; null if the filter did not start. */
  public static Way of(HttpServletRequest request) {
    Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
    return visitor == null ? null : new Way(request, visitor);
  }

  /** Returns the stations in their order. */
  public List<Step> getSteps() {
    return List.of(cookie(), user(), store(), decision(), exposure());
  }

  private Step cookie() {
    String title = "Cookie";
    return switch (outcome) {
      case ISSUED ->
          new Step(
              "cookie",
              "changed",
              title,
              "new code",
              "The browser sent no code and gets a new one.");
      case RECOGNIZED ->
          new Step("cookie", "done", title, "known code", "The browser sent its code.");
      case LINKED ->
          cookieSent
              ? new Step("cookie", "done", title, "a code", "The browser sent a code.")
              : new Step("cookie", "changed", title, "no code", "The browser sent no code.");
      case RESTORED ->
          new Step(
              "cookie",
              "changed",
              title,
              cookieSent ? "another code" : "no code",
              "The cookie now gets the code of the user.");
      case SEPARATED ->
          new Step(
              "cookie",
              "changed",
              title,
              "a taken code",
              "The code of the browser belongs to another user.");
      case WITHHELD ->
          new Step(
              "cookie", "skipped", title, "no consent", "Nothing is written before the consent.");
      default ->
          new Step(
              "cookie", "skipped", title, "untouched", "The cookie stays as the browser has it.");
    };
  }

  private Step user() {
    return visitor.isKnown()
        ? new Step(
            "user", "done", "User", visitor.getUserId(), "The session of the shop has a user.")
        : new Step("user", "skipped", "User", "anonymous", "No user is signed in.");
  }

  private Step store() {
    String title = "Store";
    if (!visitor.isKnown()) {
      return new Step(
          "store", "skipped", title, "not asked", "Without a user there is nothing to look up.");
    }
    return switch (outcome) {
      case RECOGNIZED ->
          new Step("store", "done", title, "same code", "The store has this code for the user.");
      case RESTORED ->
          new Step("store", "done", title, "stored code", "The stored code of the user counts.");
      case LINKED ->
          new Step("store", "changed", title, "new link", "From now on the user has this code.");
      case SEPARATED ->
          new Step("store", "changed", title, "new link", "The user gets a new code.");
      case WITHHELD ->
          new Step(
              "store", "skipped", title, "not asked", "Nothing is looked up before the consent.");
      default -> new Step("store", "skipped", title, "no link", unlinkedText());
    };
  }

  /** Returns why a known user has a temporary code. */
  private String unlinkedText() {
    if (decided.stream().anyMatch(each -> each.getReason() == Reason.OBSERVED)) {
      return "The filter only observes: it links no user.";
    }
    if (visitor.getPreview() != null) {
      return "The store has no link, and a preview makes none.";
    }
    return fetchedAhead
        ? "A page that the browser fetches ahead makes no link."
        : "The store did not answer in time, or this request makes no link.";
  }

  private Step decision() {
    String text =
        decided.isEmpty()
            ? "This page reads no feature."
            : "Kameleoon's SDK decides in the shop, by the code.";
    return new Step(
        "decision",
        decided.isEmpty() ? "skipped" : "done",
        "Decision",
        counted(decided.size(), "feature"),
        text);
  }

  private Step exposure() {
    int exposures = (int) decided.stream().filter(this::isExposed).count();
    return new Step(
        "exposure",
        exposures == 0 ? "skipped" : "done",
        "Exposure",
        exposures == 0 ? "none" : counted(exposures, "exposure"),
        exposureText(exposures));
  }

  private String exposureText(int exposures) {
    if (visitor.getPreview() != null) {
      return "A preview reports nothing to Kameleoon.";
    }
    if (fetchedAhead) {
      return "The browser fetched the page ahead. The exposures follow when it shows the page.";
    }
    return exposures == 0
        ? "There is nothing to report to Kameleoon."
        : "Kameleoon records each exposure once per request.";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Returns whether the server reports that the visitor got the variation. */
  private boolean isExposed(Variation variation) {
    return variation.getReason().name().equals("ASSIGNED")
        && variation.getExperimentId() != null
        && visitor.getPreview() == null
        && !fetchedAhead;
  }

  /** Returns the decisions of the request in their order. */
  public List<Decision> getDecisions() {
    return decided.stream().map(each -> new Decision(each, isExposed(each))).toList();
  }

  /** A decision as the page shows it. */
  public static final class Decision {

    private final Variation variation;
    private final boolean exposed;

    private Decision(Variation variation, boolean exposed) {
      this.variation = variation;
      this.exposed = exposed;
    }

    /** Returns the key of the feature, which can come from the address of the page, shortened. */
    public String getFeature() {
      String key = variation.getFeatureKey();
      return key.length() <= SHOWN ? key : key.substring(0, SHOWN) + "…";
    }

    public String getVariation() {
      return variation.getKey();
    }

    /** Returns the reason in words. */
    public String getReason() {
      return switch (variation.getReason().name()) {
        case "ASSIGNED" -> "a rule assigned it";
        case "DEFAULT" -> "no rule includes the visitor";
        case "DISABLED" -> "the feature is switched off";
        case "NOT_FOUND" -> "there is no such feature";
        case "NOT_READY" -> "no data file has arrived yet";
        case "WITHHELD" -> "the visitor has not agreed";
        case "UNRESOLVED" -> "the visitor is not determined";
        case "PREVIEW" -> "a preview link shows it";
        case "OBSERVED" -> "the filter only observes";
        default -> "the decision failed";
      };
    }

    /** Returns the experiment that the exposure names, or null if there is no exposure. */
    public Integer getExperiment() {
      return exposed ? variation.getExperimentId() : null;
    }
  }
}
