package io.github.kameleoonservlet.servlet;

import static io.github.kameleoonservlet.internal.api.ApiRequest.CODE;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.internal.api.ApiAnswer;
import io.github.kameleoonservlet.internal.api.ApiDevice;
import io.github.kameleoonservlet.internal.api.ApiJson;
import io.github.kameleoonservlet.internal.api.ApiRequest;
import io.github.kameleoonservlet.internal.api.JsonProviders;
import io.github.kameleoonservlet.internal.api.Problem;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.http.CacheDirectives;
import io.github.kameleoonservlet.internal.http.RequestKind;
import io.github.kameleoonservlet.internal.http.SessionName;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.visitor.ApiScope;
import io.github.kameleoonservlet.internal.visitor.RequestVisitor;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON API for apps and pages. Every call concerns its caller, whom the filter determines; no
 * call takes a user id.
 *
 * <p>Map the servlet to a path of your application, such as {@code /api/*}, behind the {@link
 * KameleoonVisitorFilter}. The servlet resolves the visitor of its requests once, in place of the
 * filter: by the code of the body, otherwise of the header {@code X-Kameleoon-Visitor-Code},
 * otherwise of the cookies. No response contains a request-only code.
 *
 * <table>
 *   <caption>The calls</caption>
 *   <tr><th>path</th><th>method</th><th>what the call does</th></tr>
 *   <tr><td>{@code /visitorCode}</td><td>GET</td><td>Returns the caller's code.</td></tr>
 *   <tr><td>{@code /syncVisitor}</td><td>POST</td>
 *     <td>Takes the code of an app or a page, and returns the code to use.</td></tr>
 *   <tr><td>{@code /variation}</td><td>POST</td>
 *     <td>Decides one feature; can track the exposure and explain the decision.</td></tr>
 *   <tr><td>{@code /variations}</td><td>GET, POST</td>
 *     <td>Decides all features; tracks no exposure.</td></tr>
 *   <tr><td>{@code /conversion}</td><td>POST</td><td>Tracks a conversion.</td></tr>
 *   <tr><td>{@code /consent}</td><td>POST</td><td>Stores the caller's consent.</td></tr>
 *   <tr><td>{@code /visitor}</td><td>DELETE</td><td>Erases the caller's link and cookie.</td></tr>
 * </table>
 *
 * <p>HEAD is allowed where GET is. A body is JSON of at most 8,192 bytes; a larger one gets a 413.
 * Errors are problem documents (RFC 9457). A call that ends with a 4xx has changed nothing. A call
 * that ends with a 503 may have stored the answer to a consent, or erased the link. Thread-safe.
 *
 * @since 0.1
 */
public final class KameleoonVisitorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Answers one call of the API; null means 204. */
  @FunctionalInterface
  private interface Answer {
    @Nullable JsonObjectBuilder of(ApiCaller caller) throws Problem;
  }

  /**
   * One call of the API.
   *
   * @param method its HTTP method; GET also means HEAD
   * @param fields the fields of its body; none if the call has no body
   */
  private record Call(String method, List<String> fields, Answer answer) {

    boolean takes(String requested) {
      return method.equals("HEAD".equals(requested) ? "GET" : requested);
    }

    String allowed() {
      return "GET".equals(method) ? "GET, HEAD" : method;
    }
  }

  private boolean json = true;
  private final transient Map<String, List<Call>> calls = new LinkedHashMap<>();

  /** Creates a servlet, for the servlet container. */
  public KameleoonVisitorServlet() {
    call("GET", "/visitorCode", KameleoonVisitorServlet::visitorCode);
    call("POST", "/syncVisitor", KameleoonVisitorServlet::syncVisitor, CODE);
    call(
        "POST",
        "/variation",
        KameleoonVisitorServlet::variation,
        withDevice("featureKey", "track", "explain", CODE));
    call("GET", "/variations", KameleoonVisitorServlet::variations);
    call("POST", "/variations", KameleoonVisitorServlet::variations, withDevice(CODE));
    call("POST", "/conversion", KameleoonVisitorServlet::conversion, "goalId", "revenue", CODE);
    call("POST", "/consent", KameleoonVisitorServlet::consent, "granted", CODE);
    call("DELETE", "/visitor", KameleoonVisitorServlet::erase);
  }

  private void call(String method, String path, Answer answer, String... fields) {
    calls
        .computeIfAbsent(path, key -> new ArrayList<>())
        .add(new Call(method, List.of(fields), answer));
  }

  private static String[] withDevice(String... fields) {
    return Stream.concat(Arrays.stream(fields), ApiDevice.FIELDS.stream()).toArray(String[]::new);
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
    response.setHeader(CacheDirectives.HEADER, "no-store");
    if (!json) {
      ApiAnswer.noJson(response);
      return;
    }
    try {
      Call call = route(request, response);
      ApiScope scope = visitor.scope().forApi();
      RequestKind kind = scope.kind();
      boolean writes = !"GET".equals(request.getMethod()) || ApiRequest.hasCodeHeader(request);
      if (writes && kind.isFromAnotherSite()) {
        throw new Problem(
            403, "Another site", "Writes and visitor codes are accepted from this site only.");
      }
      ApiRequest content = ApiRequest.read(request, kind, call.fields());
      scope.describedBy(ApiDevice.read(content.fields(), SessionName.of(request)));
      ApiAnswer.of(response, call.answer().of(new ApiCaller(content, visitor, scope)));
    } catch (Problem problem) {
      ApiAnswer.problem(response, problem);
    } catch (StoreUnavailableException e) {
      ApiAnswer.problem(response, ApiCaller.tryAgain());
    }
  }

  private Call route(HttpServletRequest request, HttpServletResponse response) throws Problem {
    String path = request.getPathInfo();
    List<Call> known = path == null ? null : calls.get(path);
    if (known == null) {
      throw new Problem(
          404, "No such call", "The calls are " + String.join(", ", calls.keySet()) + ".");
    }
    for (Call call : known) {
      if (call.takes(request.getMethod())) {
        return call;
      }
    }
    String allowed = known.stream().map(Call::allowed).collect(Collectors.joining(", "));
    response.setHeader("Allow", allowed);
    throw new Problem(405, "Wrong method", "Allowed: " + allowed + ".");
  }

  private static JsonObjectBuilder visitorCode(ApiCaller caller) throws Problem {
    return identity(caller, caller.resolve());
  }

  private static JsonObjectBuilder syncVisitor(ApiCaller caller) throws Problem {
    caller.content().visitorCode();
    return identity(caller, caller.resolve());
  }

  private static JsonObjectBuilder variation(ApiCaller caller) throws Problem {
    String featureKey = caller.fields().text("featureKey");
    boolean track = caller.fields().optionalTruth("track");
    boolean explain = caller.fields().optionalTruth("explain");
    caller.content().announced();
    if (explain && !caller.visitor().isExplainable()) {
      throw new Problem(
          403, "No explanation", "The setting explainFor does not allow the caller to read it.");
    }
    Set<String> featureKeys = caller.scope().featureKeys();
    // Checked before the call changes anything. Before the data file has arrived, no key is known.
    if (!featureKeys.isEmpty() && !featureKeys.contains(featureKey)) {
      throw new Problem(404, "No such feature", "There is no feature of that key.");
    }
    Reconciliation resolved = caller.resolve();
    // The SDK would log the key of an unknown feature, which the caller chooses.
    Variation variation =
        featureKeys.isEmpty()
            ? Variation.off(featureKey, Reason.NOT_READY)
            : caller.scope().decide(featureKey, track);
    JsonObjectBuilder answer =
        code(resolved).add("featureKey", featureKey).addAll(ApiJson.variation(variation));
    return explain
        ? answer.add(
            "explanation",
            ApiJson.explanation(
                featureKeys.isEmpty()
                    ? ExplainedFeature.withoutRules(variation)
                    : caller.visitor().explain(featureKey)))
        : answer;
  }

  private static JsonObjectBuilder variations(ApiCaller caller) throws Problem {
    Reconciliation resolved = caller.resolve();
    JsonObjectBuilder variations = Json.createObjectBuilder();
    for (String featureKey : new TreeSet<>(caller.scope().featureKeys())) {
      variations.add(featureKey, ApiJson.variation(caller.scope().decide(featureKey, false)));
    }
    return code(resolved).add("variations", variations);
  }

  private static @Nullable JsonObjectBuilder conversion(ApiCaller caller) throws Problem {
    int goalId = caller.fields().wholeNumber("goalId");
    double revenue = caller.fields().optionalNumber("revenue");
    Reconciliation resolved = caller.resolve();
    if (resolved.outcome() == Outcome.UNRESOLVED && caller.scope().isMeasured()) {
      // The application cannot determine the caller now: a retry can still count the conversion.
      throw ApiCaller.tryAgain();
    }
    caller.visitor().trackConversion(goalId, revenue);
    return null;
  }

  private static JsonObjectBuilder consent(ApiCaller caller) throws Problem {
    boolean granted = caller.fields().truth("granted");
    caller.refuseUnlessMeasured();
    if (!caller.scope().answerConsent(granted, caller.content().announced())) {
      throw new Problem(
          409,
          "Consent is decided elsewhere",
          "This application requires none, or asks its own consent tool.");
    }
    return identity(caller, caller.resolved());
  }

  private static @Nullable JsonObjectBuilder erase(ApiCaller caller) throws Problem {
    caller.refuseUnlessMeasured();
    if (caller.content().announced() != null) {
      // Links a user without a code to the announced code, so that the store never links it again.
      caller.resolve();
    }
    caller.scope().erase();
    return null;
  }

  private static JsonObjectBuilder identity(ApiCaller caller, Reconciliation resolved) {
    return code(resolved)
        .add("known", caller.visitor().isKnown())
        .add("outcome", resolved.outcome().name());
  }

  private static JsonObjectBuilder code(Reconciliation resolved) {
    return Json.createObjectBuilder()
        .add(
            "visitorCode",
            ApiJson.value(resolved.outcome().isRequestOnly() ? null : resolved.code().value()));
  }
}
