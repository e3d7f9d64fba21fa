package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.servlet.HistoryEvent.PageStep;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A request of a browser for a page of the application, through the filter. */
final class HistoryRequest {

  /** The kinds of requests that a browser sends. */
  enum Kind {
    PAGE,
    PAGE_WITHOUT_FETCH_METADATA,
    BACKGROUND_CALL,
    FORM,
    PAGE_WHOSE_USER_CANNOT_BE_SAID,
    STYLESHEET,
    HEAD,
    PREFETCHED_PAGE,
    CROSS_SITE_POST,
    CROSS_SITE_POST_OF_A_SESSION,
    POST_OF_ORIGIN_NULL,
    FOREIGN_FRAME,
    PAGE_RESTORED_BY_THE_SERVER;

    boolean sendsCookies() {
      return ordinal() <= PREFETCHED_PAGE.ordinal();
    }

    boolean sendsSession() {
      return sendsCookies()
          || this == CROSS_SITE_POST_OF_A_SESSION
          || this == PAGE_RESTORED_BY_THE_SERVER;
    }

    /** Returns whether the library may create no code and no link for such a request. */
    boolean passive() {
      return ordinal() >= STYLESHEET.ordinal();
    }

    /** Returns whether a window or frame shows the response. */
    boolean navigation() {
      return this != BACKGROUND_CALL && this != STYLESHEET && this != POST_OF_ORIGIN_NULL;
    }

    @Override
    public String toString() {
      return "a " + name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  private final HistoryWorld world;
  private final HistoryBrowser browser;
  private final HistoryWorld.Node node;
  private final Kind kind;
  private final HistoryRules rules;
  private final MockHttpServletRequest request;
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  HistoryRequest(HistoryWorld world, int browser, int node, Kind kind) {
    this.world = world;
    this.browser = world.browsers.get(browser);
    this.node = world.nodes.get(node);
    this.kind = kind;
    this.request = request();
    this.rules =
        new HistoryRules(
            world,
            this.node,
            this.browser.jar,
            kind.sendsCookies() ? this.browser.jar : HistoryBrowser.Jar.EMPTY,
            kind.sendsSession() ? this.browser.user : null,
            kind.passive(),
            kind != Kind.PAGE_WHOSE_USER_CANNOT_BE_SAID);
  }

  /** Returns the signed-in user, as a resolver of the application does. */
  static String user(HttpServletRequest request) {
    if (request.getAttribute("broken") != null) {
      throw new IllegalStateException("a resolver of the application failed");
    }
    return (String) request.getAttribute("user");
  }

  private MockHttpServletRequest request() {
    boolean post = kind.name().contains("POST") || kind == Kind.FORM;
    MockHttpServletRequest made =
        new MockHttpServletRequest(
            post ? "POST" : kind == Kind.HEAD ? "HEAD" : "GET",
            kind == Kind.STYLESHEET ? "/shop.css" : "/");
    made.setServletPath(made.getRequestURI());
    made.setServerName("www.shop.example");
    made.setAsyncSupported(true);
    switch (kind) {
      case PAGE_WITHOUT_FETCH_METADATA -> made.addHeader("Accept", "text/html");
      case POST_OF_ORIGIN_NULL -> made.addHeader("Origin", "null");
      case BACKGROUND_CALL -> fetchMetadata(made, "same-origin", "cors", "empty");
      case STYLESHEET -> fetchMetadata(made, "same-origin", "no-cors", "style");
      case FOREIGN_FRAME -> fetchMetadata(made, "cross-site", "navigate", "iframe");
      case CROSS_SITE_POST, CROSS_SITE_POST_OF_A_SESSION ->
          fetchMetadata(made, "cross-site", "navigate", "document");
      default -> fetchMetadata(made, "same-origin", "navigate", "document");
    }
    if (kind == Kind.PREFETCHED_PAGE) {
      made.addHeader("Sec-Purpose", "prefetch");
    }
    if (kind == Kind.PAGE_RESTORED_BY_THE_SERVER) {
      made.setRequestedSessionId("session");
      made.setRequestedSessionIdFromCookie(true);
    }
    if (kind == Kind.PAGE_WHOSE_USER_CANNOT_BE_SAID) {
      made.setAttribute("broken", true);
    }
    if (kind.sendsCookies()) {
      browser.jar.headers().forEach(cookie -> made.addHeader("Cookie", cookie));
    }
    made.setAttribute("user", kind.sendsSession() ? browser.user : null);
    return made;
  }

  private static void fetchMetadata(
      MockHttpServletRequest request, String site, String mode, String destination) {
    request.addHeader("Sec-Fetch-Site", site);
    request.addHeader("Sec-Fetch-Mode", mode);
    request.addHeader("Sec-Fetch-Dest", destination);
  }

  void visit(List<PageStep> steps, boolean answersLate) {
    rules.begin();
    try {
      node.filter.doFilter(
          request, response, new MockFilterChain(new Application(), new Page(steps)::doFilter));
    } catch (PageFailed e) {
      showErrorPage();
    } catch (IOException | ServletException e) {
      throw new AssertionError(world.story(), e);
    }
    List<String> cookies = response.getHeaders("Set-Cookie");
    rules.end(cookies, kind.navigation(), kind == Kind.STYLESHEET);
    if (kind.navigation() && kind != Kind.STYLESHEET) {
      world.require(
          String.valueOf(response.getHeader("Cache-Control")).startsWith("private"),
          "no shared cache keeps a page",
          response.getHeader("Cache-Control"));
    }
    if (answersLate) {
      browser.underWay.add(cookies);
    } else {
      browser.jar = browser.jar.after(cookies);
    }
  }

  /**
   * Shows the error page as a container does: resets the response, and dispatches the request
   * again.
   */
  private void showErrorPage() {
    if (response.isCommitted()) {
      return;
    }
    response.reset();
    request.setDispatcherType(DispatcherType.ERROR);
    try {
      node.filter.doFilter(
          request, response, (req, res) -> rules.unchanged((Visitor) visitor(req)));
    } catch (IOException | ServletException e) {
      throw new AssertionError(world.story(), e);
    }
  }

  private static Object visitor(jakarta.servlet.ServletRequest request) {
    return request.getAttribute(Visitor.ATTRIBUTE);
  }

  /** The failure of a page of the application. */
  private static final class PageFailed extends ServletException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Application extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      // The page, a filter, does everything, and sees the request that the library's filter passes
      // on.
    }
  }

  /** The page: reads the visitor, and runs its steps. */
  private final class Page implements jakarta.servlet.Filter {
    private final List<PageStep> steps;

    Page(List<PageStep> steps) {
      this.steps = steps;
    }

    @Override
    public void doFilter(
        jakarta.servlet.ServletRequest passed,
        jakarta.servlet.ServletResponse answer,
        jakarta.servlet.FilterChain chain)
        throws IOException, ServletException {
      Visitor visitor = (Visitor) visitor(passed);
      rules.resolved(visitor, passed.getAttribute(Visitor.CODE_ATTRIBUTE));
      rules.use(visitor);
      for (PageStep step : steps) {
        if (kind == Kind.STYLESHEET && step.deed() == HistoryEvent.Deed.LOGS_OUT) {
          // On an excluded path the page has the original request; only the next request shows the
          // logout.
          continue;
        }
        doStep(step, (HttpServletRequest) passed, (HttpServletResponse) answer, visitor);
      }
    }

    private void doStep(
        PageStep step, HttpServletRequest passed, HttpServletResponse answer, Visitor visitor)
        throws ServletException, IOException {
      switch (step.deed()) {
        case SIGNS_IN -> {
          browser.user = step.user();
          passed.setAttribute("user", step.user());
          rules.signsIn(step.user());
          visitor.refresh();
          afterwards(passed, answer, visitor);
        }
        case SIGNS_OUT, LOGS_OUT -> {
          browser.user = null;
          passed.removeAttribute("user");
          rules.signsOut(answer.isCommitted(), step.deed() == HistoryEvent.Deed.LOGS_OUT);
          if (step.deed() == HistoryEvent.Deed.LOGS_OUT) {
            passed.logout();
          } else {
            visitor.signOut();
          }
          afterwards(passed, answer, visitor);
        }
        case RESETS_THE_RESPONSE -> {
          if (!answer.isCommitted()) {
            answer.reset();
          }
        }
        case COMMITS_THE_RESPONSE -> answer.flushBuffer();
        case WRITES_A_VISITOR_COOKIE_OF_ITS_OWN -> {
          // The mock permits changes of a committed response; no server does.
          if (kind != Kind.STYLESHEET && !answer.isCommitted()) {
            answer.addCookie(new Cookie(RequestCookies.VISITOR_CODE, "sdk"));
            answer.addHeader("Set-Cookie", RequestCookies.VISITOR_CODE + "=sdk; Path=/");
            answer.setHeader("Set-Cookie", "theme=dark");
          }
        }
        case FAILS -> throw new PageFailed();
      }
    }

    private void afterwards(
        HttpServletRequest passed, HttpServletResponse answer, Visitor visitor) {
      if (answer.isCommitted()) {
        rules.unchanged(visitor);
      } else {
        rules.resolved(visitor, passed.getAttribute(Visitor.CODE_ATTRIBUTE));
        rules.use(visitor);
      }
    }
  }
}
