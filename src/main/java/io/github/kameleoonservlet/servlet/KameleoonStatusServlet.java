package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.StatusSettings;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.status.Health;
import io.github.kameleoonservlet.internal.status.ProtectionPage;
import io.github.kameleoonservlet.internal.status.StatusPage;
import io.github.kameleoonservlet.internal.status.StatusProblem;
import io.github.kameleoonservlet.internal.status.StatusSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The status page for operators: what the filter does, why a visitor has a variation, and links
 * that show one variation.
 *
 * <p>Map the servlet to a path of your application, such as {@code /kameleoon/*}, behind the {@link
 * KameleoonVisitorFilter}. The init-param {@code role} names who sees the status: a role of the
 * servlet container, or a class that implements {@code AccessDecider}. Every other caller gets one
 * page with the status 403, the same for each path, that shows how to protect the servlet and
 * nothing else. A wrong init-param fails the deployment.
 *
 * <table>
 *   <caption>The paths</caption>
 *   <tr><th>path</th><th>method</th><th>what the answer is</th></tr>
 *   <tr><td>{@code /}</td><td>GET</td><td>The status as a page, without scripts.</td></tr>
 *   <tr><td>{@code /status.json}</td><td>GET</td><td>The same status as JSON.</td></tr>
 *   <tr><td>{@code /preview}</td><td>POST</td>
 *     <td>The form of the page, which makes a preview link.</td></tr>
 *   <tr><td>{@code /health}</td><td>GET</td>
 *     <td>For load balancers, open to every caller: the states of the platform and the store. The
 *       {@code status} is always {@code UP}, because no request fails with them.</td></tr>
 * </table>
 *
 * <p>The filter neither resolves nor counts the requests to this servlet. The servlet creates no
 * session and no visitor. Thread-safe.
 *
 * @since 0.1
 */
public final class KameleoonStatusServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final String PAGE = "/";
  private static final String JSON = "/status.json";
  private static final String HEALTH = "/health";
  private static final String PREVIEW = "/preview";
  private static final String STYLE = "/style.css";
  private static final Set<String> PATHS = Set.of("", PAGE, JSON, HEALTH, PREVIEW, STYLE);

  private transient @Nullable AccessRule operators;
  private final transient StatusPage pages = new StatusPage();

  /** Creates a servlet, for the servlet container. */
  public KameleoonStatusServlet() {}

  @Override
  public void init() throws ServletException {
    Map<String, String> own =
        Collections.list(getInitParameterNames()).stream()
            .collect(Collectors.toMap(Function.identity(), this::getInitParameter));
    operators =
        StatusSettings.operators(
            Parameters.ofServlet(getServletName(), own, getServletContext(), System::getenv));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    boolean reads = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
    StatusSource source = StatusSource.of(request);
    if (path.equals(HEALTH) && reads) {
      Health.write(response, source);
    } else if (operators == null || !operators.includes(request)) {
      ProtectionPage.write(response);
    } else if (!PATHS.contains(path)) {
      StatusProblem.NO_SUCH_PAGE.write(response);
    } else if (path.equals(PREVIEW) != "POST".equals(request.getMethod())
        || (!reads && !path.equals(PREVIEW))) {
      response.setHeader("Allow", path.equals(PREVIEW) ? "POST" : "GET, HEAD");
      StatusProblem.WRONG_METHOD.write(response);
    } else if (path.equals(STYLE)) {
      StatusPage.style(response);
    } else if (source == null) {
      (OldJarMark.isSet(request) ? StatusProblem.OLD_JAR : StatusProblem.NO_FILTER).write(response);
    } else {
      answer(path, request, response, source);
    }
  }

  private void answer(
      String path, HttpServletRequest request, HttpServletResponse response, StatusSource source)
      throws IOException {
    switch (path) {
      case PREVIEW -> pages.preview(request, response, source);
      case JSON -> pages.json(request, response, source);
      case PAGE -> pages.page(request, response, source);
      default -> StatusPage.addSlash(request, response);
    }
  }
}
