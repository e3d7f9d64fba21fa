package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.decision.RecordingDecisions;
import io.github.kameleoonservlet.internal.http.ApplicationSdk;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.reconcile.ObservedStore;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.statistics.RecentResolutions;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.visitor.AsyncSupport;
import io.github.kameleoonservlet.internal.visitor.BrowserFactsCache;
import io.github.kameleoonservlet.internal.visitor.ClaimsReader;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import io.github.kameleoonservlet.internal.visitor.PreviewLinks;
import io.github.kameleoonservlet.internal.visitor.PreviewReader;
import io.github.kameleoonservlet.internal.visitor.StoredUsers;
import io.github.kameleoonservlet.testing.CookieJar;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.WebUtils;

/** A web application of one page behind the filter, and the browsers that visit it. */
public final class TestShop {

  public final RecordingDecisions decisions = new RecordingDecisions();
  VisitorCodeStore store = new InMemoryVisitorCodeStore();
  public UserIdResolver users = request -> request.getRemoteUser();
  public String domain;
  public String featureKey;
  public boolean renewAfterSignOut;
  public ConsentReader consent = ConsentReader.notRequired();
  public FactSettings facts = FactSettings.NONE;
  private final BrowserFactsCache browsers = new BrowserFactsCache();
  final ApplicationSdk applicationSdk = new ApplicationSdk();
  private final AtomicInteger drawn = new AtomicInteger();
  public Origin publicOrigin;
  public boolean observes;
  public final Statistics statistics = new Statistics(RecentResolutions.MOST);
  public String previewSecret;
  public AccessRule simulationFor;
  public Clock clock = Clock.systemUTC();

  public KameleoonVisitorFilter filter() {
    UserKeys keys = new UserKeys(Set.of("guest"), null, null);
    UserLinks links = new UserLinks(store);
    Reconciler reconciler = new Reconciler(() -> new VisitorCode("new-" + drawn.incrementAndGet()));
    return new KameleoonVisitorFilter(
        new FilterParts(
            observes
                ? VisitorResolver.hiding(
                    reconciler, new UserLinks(new ObservedStore(store)), (claims, answer) -> {})
                : new VisitorResolver(reconciler, links),
            service(keys, links),
            decisions,
            new ClaimsReader(keys, users, consent),
            consent,
            publicOrigin,
            cookies(),
            new PathPatterns(List.of("*.css")),
            renewAfterSignOut,
            featureKey,
            facts,
            browsers,
            new AsyncSupport(),
            applicationSdk,
            statistics,
            previews(),
            observes));
  }

  private VisitorCookieWriter cookies() {
    return new VisitorCookieWriter(domain == null ? List.of() : List.of(domain), false, "Lax");
  }

  private PreviewTokens tokens() {
    return previewSecret == null ? null : new PreviewTokens(previewSecret, clock);
  }

  private PreviewReader previews() {
    return previewSecret == null && simulationFor == null
        ? null
        : new PreviewReader(tokens(), simulationFor, cookies(), statistics.previews());
  }

  private VisitorService service(UserKeys keys, UserLinks links) {
    return new StoredUsers(keys, links, new PreviewLinks(tokens(), publicOrigin, "", decisions));
  }

  /** Returns the service for administrators. */
  public VisitorService service() {
    return service(new UserKeys(Set.of("guest"), null, null), new UserLinks(store));
  }

  public void link(String user, String code) {
    store.link(key(user), new VisitorCode(code));
  }

  static UserKey key(String user) {
    return new UserKeys(Set.of(), null, null).caller(user).key();
  }

  /** A browser that keeps its cookies. */
  public final class Browser {
    public final CookieJar cookies = new CookieJar();
    public String user;

    public String code() {
      return cookies.get(RequestCookies.VISITOR_CODE);
    }

    public MockHttpServletResponse open(Page page) {
      return send(navigation(), page);
    }

    public MockHttpServletRequest navigation() {
      MockHttpServletRequest request = new ContainerRequest("GET");
      request.setServletPath("/");
      request.addHeader("Sec-Fetch-Site", "none");
      request.addHeader("Sec-Fetch-Mode", "navigate");
      request.addHeader("Sec-Fetch-Dest", "document");
      return request;
    }

    public MockHttpServletRequest background(String method) {
      MockHttpServletRequest request = new ContainerRequest(method);
      request.setServletPath("/");
      request.addHeader("Sec-Fetch-Site", "same-origin");
      request.addHeader("Sec-Fetch-Mode", "cors");
      request.addHeader("Sec-Fetch-Dest", "empty");
      return request;
    }

    public MockHttpServletResponse send(MockHttpServletRequest request, Page page) {
      return send(filter(), request, page);
    }

    public MockHttpServletResponse send(
        KameleoonVisitorFilter filter, MockHttpServletRequest request, Page page) {
      MockHttpServletResponse response = new MockHttpServletResponse();
      request.setAsyncSupported(true);
      request.setRemoteUser(user);
      cookies.forEach((name, value) -> request.addHeader("Cookie", name + "=" + value));
      PageServlet servlet = new PageServlet(page);
      try {
        filter.doFilter(request, response, new MockFilterChain(servlet));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ServletException e) {
        throw new IllegalStateException(e);
      }
      assertThat(servlet.ran).as("the filter passed the request on").isTrue();
      response.getHeaders("Set-Cookie").forEach(cookies::keep);
      return response;
    }

    /** Opens a page that throws. The container then dispatches the request to an error page. */
    public MockHttpServletResponse openErrorPage(Page errorPage)
        throws IOException, ServletException {
      MockHttpServletRequest request = navigation();
      request.setAsyncSupported(true);
      MockHttpServletResponse response = new MockHttpServletResponse();
      KameleoonVisitorFilter filter = filter();
      FilterChain broken =
          (req, res) -> {
            throw new ServletException("broken");
          };
      assertThatThrownBy(() -> filter.doFilter(request, response, broken)).hasMessage("broken");
      response.reset();
      request.setDispatcherType(DispatcherType.ERROR);
      filter.doFilter(request, response, new MockFilterChain(new PageServlet(errorPage)));
      return response;
    }
  }

  /** Dispatches a request of a page through the filter again, as a container does. */
  public void dispatch(
      DispatcherType type,
      jakarta.servlet.http.HttpServletRequest request,
      jakarta.servlet.http.HttpServletResponse response,
      Page page)
      throws IOException, ServletException {
    WebUtils.getNativeRequest(request, MockHttpServletRequest.class).setDispatcherType(type);
    filter().doFilter(request, response, new MockFilterChain(new PageServlet(page)));
  }

  /** The application's code for a request. */
  @FunctionalInterface
  public interface Page {
    void serve(
        jakarta.servlet.http.HttpServletRequest request,
        jakarta.servlet.http.HttpServletResponse response)
        throws IOException, ServletException;

    static Page reading(Consumer<io.github.kameleoonservlet.Visitor> reader) {
      return (request, response) ->
          reader.accept(
              (io.github.kameleoonservlet.Visitor) request.getAttribute("kameleoonVisitor"));
    }
  }

  private static final class PageServlet extends jakarta.servlet.http.HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Page page;
    private boolean ran;

    PageServlet(Page page) {
      this.page = page;
    }

    @Override
    protected void service(
        jakarta.servlet.http.HttpServletRequest request,
        jakarta.servlet.http.HttpServletResponse response)
        throws IOException, ServletException {
      page.serve(request, response);
      ran = true;
    }
  }

  /** A request of a container that accepts every login. */
  private static final class ContainerRequest extends MockHttpServletRequest {
    ContainerRequest(String method) {
      super(method, "/");
    }

    @Override
    public void login(String user, String password) {
      setRemoteUser(user);
    }
  }
}
