package io.github.kameleoonservlet.servlet;

import static io.github.kameleoonservlet.internal.api.ApiRequest.CODE;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.internal.api.ApiAnswer;
import io.github.kameleoonservlet.internal.api.ApiDevice;
import io.github.kameleoonservlet.internal.api.ApiRequest;
import io.github.kameleoonservlet.internal.api.JsonProviders;
import io.github.kameleoonservlet.internal.api.Problem;
import io.github.kameleoonservlet.internal.http.CacheDirectives;
import io.github.kameleoonservlet.internal.http.RequestKind;
import io.github.kameleoonservlet.internal.http.SessionName;
import io.github.kameleoonservlet.internal.visitor.ApiScope;
import io.github.kameleoonservlet.internal.visitor.RequestVisitor;
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
  private static final String NO_STORE = "no-store";

  /** The handler of one call of the API. Returns null for a response with the status 204. */
  @FunctionalInterface
  private interface Answer {
    @Nullable JsonObjectBuilder of(ApiCaller caller) throws Problem;
  }

  /**
   * One call of the API.
   *
   * @param method the HTTP method of the call; GET also means HEAD
   * @param fields the fields of the body; none if the call has no body
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
    call("GET", "/visitorCode", ApiCalls::visitorCode);
    call("POST", "/syncVisitor", ApiCalls::syncVisitor, CODE);
    call(
        "POST",
        "/variation",
        ApiCalls::variation,
        withDevice("featureKey", "track", "explain", CODE));
    call("GET", "/variations", ApiCalls::variations);
    call("POST", "/variations", ApiCalls::variations, withDevice(CODE));
    call("POST", "/conversion", ApiCalls::conversion, "goalId", "revenue", CODE);
    call("POST", "/consent", ApiCalls::consent, "granted", CODE);
    call("DELETE", "/visitor", ApiCalls::erase);
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
      answerWithoutVisitor(request, response);
      return;
    }
    response.setHeader(CacheDirectives.HEADER, NO_STORE);
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

  private static void answerWithoutVisitor(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!OldJarMark.isSet(request)) {
      throw new ServletException(
          "KameleoonVisitorServlet needs KameleoonVisitorFilter in front of it: map the filter to"
              + " /* in web.xml");
    }
    response.setHeader(CacheDirectives.HEADER, NO_STORE);
    ApiAnswer.noFilter(response);
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
}
