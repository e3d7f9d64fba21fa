package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers apps and pages in JSON, always about the caller: who that is, the filter says; no call
 * takes a user id.
 *
 * <p>Map it to a path of your own, such as {@code /api/*}, behind the {@link
 * KameleoonVisitorFilter}. On its requests it resolves the visitor in place of the filter, once,
 * and the code of a body goes before the cookies. A request-only code is never handed out. Errors
 * are problem documents (RFC 9457). One of 4xx has changed nothing; after a 503 the answer to a
 * consent is kept, and an erasure may have happened. Thread-safe.
 */
public final class KameleoonVisitorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** One call of the API; null is the answer 204. */
  @FunctionalInterface
  private interface Call {
    @Nullable JsonObjectBuilder answer(ApiCall call) throws Problem;
  }

  private boolean json = true;
  private final transient Map<String, Map<String, Call>> calls = new LinkedHashMap<>();

  /** For the servlet container. */
  public KameleoonVisitorServlet() {
    calls.put("/visitorCode", Map.of("GET", KameleoonVisitorServlet::visitorCode));
    calls.put("/syncVisitor", Map.of("POST", KameleoonVisitorServlet::syncVisitor));
    calls.put("/variation", Map.of("POST", KameleoonVisitorServlet::variation));
    calls.put("/variations", Map.of("GET", KameleoonVisitorServlet::variations));
    calls.put("/conversion", Map.of("POST", KameleoonVisitorServlet::conversion));
    calls.put("/consent", Map.of("POST", KameleoonVisitorServlet::consent));
    calls.put("/visitor", Map.of("DELETE", KameleoonVisitorServlet::erase));
  }

  @Override
  public void init() {
    json = JsonProviders.apiWorks();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!(request.getAttribute(Visitor.ATTRIBUTE) instanceof RequestVisitor visitor)) {
      throw new ServletException(
          "KameleoonVisitorServlet needs KameleoonVisitorFilter in front of it: map the filter to"
              + " /* in web.xml");
    }
    response.setHeader(CacheControl.HEADER, "no-store");
    if (!json) {
      ApiAnswer.noJson(response);
      return;
    }
    try {
      Call call = route(request, response);
      BrowserRequest browser = visitor.browser();
      if (!"GET".equals(request.getMethod()) && browser.fromAnotherSite(request)) {
        throw new Problem(403, "Another site", "Calls that write are taken from this site only.");
      }
      ApiAnswer.of(response, call.answer(new ApiCall(request, visitor, browser)));
    } catch (Problem problem) {
      ApiAnswer.problem(response, problem);
    } catch (StoreUnavailableException e) {
      ApiAnswer.problem(response, storeDown());
    }
  }

  private Call route(HttpServletRequest request, HttpServletResponse response) throws Problem {
    String path = request.getPathInfo();
    Map<String, Call> methods = path == null ? null : calls.get(path);
    if (methods == null) {
      throw new Problem(
          404, "No such call", "The calls are " + String.join(", ", calls.keySet()) + ".");
    }
    String method = request.getMethod();
    Call call = methods.get("HEAD".equals(method) ? "GET" : method);
    if (call == null) {
      String allowed = methods.keySet().stream().sorted().collect(Collectors.joining(", "));
      response.setHeader("Allow", allowed);
      throw new Problem(405, "Wrong method", "Allowed: " + allowed + ".");
    }
    return call;
  }

  private static JsonObjectBuilder visitorCode(ApiCall call) throws Problem {
    return identity(call, call.resolve(null));
  }

  private static JsonObjectBuilder syncVisitor(ApiCall call) throws Problem {
    return identity(call, call.resolve(call.body().visitorCode("visitorCode")));
  }

  private static JsonObjectBuilder variation(ApiCall call) throws Problem {
    ApiRequest body = call.body();
    String featureKey = body.text("featureKey");
    boolean track = body.optionalTruth("track");
    VisitorCode announced = body.optionalVisitorCode("visitorCode");
    Set<String> featureKeys = call.visitor().featureKeys();
    // Before anything changes. While the data file has not arrived, nothing is known.
    if (!featureKeys.isEmpty() && !featureKeys.contains(featureKey)) {
      throw new Problem(404, "No such feature", "There is no feature of that key.");
    }
    Reconciliation resolved = call.resolve(announced);
    Variation variation = call.visitor().decide(featureKey, track);
    return code(resolved).add("featureKey", featureKey).addAll(ApiJson.variation(variation));
  }

  private static JsonObjectBuilder variations(ApiCall call) throws Problem {
    Reconciliation resolved = call.resolve(null);
    JsonObjectBuilder variations = Json.createObjectBuilder();
    for (String featureKey : new TreeSet<>(call.visitor().featureKeys())) {
      variations.add(featureKey, ApiJson.variation(call.visitor().decide(featureKey, false)));
    }
    return code(resolved).add("variations", variations);
  }

  private static @Nullable JsonObjectBuilder conversion(ApiCall call) throws Problem {
    ApiRequest body = call.body();
    int goalId = body.wholeNumber("goalId");
    double revenue = body.optionalNumber("revenue");
    call.resolve(null);
    call.visitor().trackConversion(goalId, revenue);
    return null;
  }

  private static JsonObjectBuilder consent(ApiCall call) throws Problem {
    boolean granted = call.body().truth("granted");
    if (!call.visitor().answerConsent(granted)) {
      throw new Problem(
          409,
          "Consent is decided elsewhere",
          "This application requires none, or asks its own consent tool.");
    }
    return identity(call, call.resolved());
  }

  private static @Nullable JsonObjectBuilder erase(ApiCall call) {
    call.visitor().erase();
    return null;
  }

  private static JsonObjectBuilder identity(ApiCall call, Reconciliation resolved) {
    return code(resolved)
        .add("known", call.visitor().isKnown())
        .add("outcome", resolved.outcome().name());
  }

  private static JsonObjectBuilder code(Reconciliation resolved) {
    return Json.createObjectBuilder()
        .add(
            "visitorCode",
            ApiJson.value(resolved.outcome().isRequestOnly() ? null : resolved.code().value()));
  }

  private static Problem storeDown() {
    return new Problem(
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "Try again",
        "The code of a signed-in user cannot be said now.");
  }

  /** One call under way. */
  private record ApiCall(
      HttpServletRequest request, RequestVisitor visitor, BrowserRequest browser) {

    ApiRequest body() throws Problem {
      return ApiRequest.read(request, browser);
    }

    /** Resolves the caller; for a known one without an answer of the store that is an error. */
    Reconciliation resolve(@Nullable VisitorCode announced) throws Problem {
      visitor.resolve(announced);
      return resolved();
    }

    Reconciliation resolved() throws Problem {
      Reconciliation resolved = visitor.resolved();
      // A passive request of a user without a link is unresolved with the store up.
      if (resolved.outcome() == Outcome.UNRESOLVED && visitor.isKnown() && !visitor.passive()) {
        throw storeDown();
      }
      return resolved;
    }
  }
}
