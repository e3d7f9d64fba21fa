package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.ResponseChain;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.http.VisitorResponse;
import io.github.kameleoonservlet.internal.visitor.AsyncEnd;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import io.github.kameleoonservlet.internal.visitor.RequestScope;
import io.github.kameleoonservlet.internal.visitor.RequestVisitor;
import io.github.kameleoonservlet.internal.visitor.VisitorRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servlet filter that resolves the visitor of every request.
 *
 * <p>Map the filter once, to {@code /*} with the dispatchers REQUEST, FORWARD, ASYNC and ERROR and
 * with {@code async-supported}, after a security filter and before the application's own filters.
 * For a request the filter
 *
 * <ol>
 *   <li>passes on a request that has a visitor already (a forward, an error page);
 *   <li>reads the presented codes and determines the user;
 *   <li>resolves the visitor, with a call to the store for signed-in users only; on an excluded
 *       path only if something reads the visitor;
 *   <li>sets the request attributes named in {@link Visitor}, and writes a signed-in user's cookie
 *       if it changes;
 *   <li>runs the chain, and catches no exception of the chain;
 *   <li>writes an anonymous visitor's cookie when something reads the visitor, or when the response
 *       begins and is a page.
 * </ol>
 *
 * <p>The filter creates no session. A wrong setting fails the deployment with a message that names
 * the setting; a database or platform that is down does not. Thread-safe.
 *
 * @since 0.1
 */
public final class KameleoonVisitorFilter implements Filter {

  /**
   * The name of the servlet context's attribute that holds a {@code Supplier<List<String>>} of the
   * last 1,000 tracking lines, if the setting {@code dataFile} lets the SDK decide offline. The SDK
   * would have sent these lines online. Absent online.
   *
   * <p>{@code get()} returns an unmodifiable copy, oldest line first, with one event per line. An
   * line appears at most one second after its event. The lines contain visitor codes: show them to
   * developers only. Thread-safe.
   */
  public static final String SENT_LINES_ATTRIBUTE = "kameleoonSentLines";

  /**
   * The dispatches that may bring the container's request and response: after {@code startAsync()},
   * and from the container's servlet for files, which gets no wrapper.
   */
  private static final Set<DispatcherType> MAYBE_UNWRAPPED =
      Set.of(DispatcherType.ASYNC, DispatcherType.FORWARD);

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonVisitorFilter.class);

  private @Nullable Wiring wiring;
  private @Nullable FilterParts parts;
  private boolean destroyed;

  /** Creates a filter, for the servlet container. */
  public KameleoonVisitorFilter() {}

  KameleoonVisitorFilter(FilterParts parts) {
    this.parts = parts;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (parts == null || destroyed) {
      destroyed = false;
      try {
        wiring = Wiring.open(config);
      } catch (OldJarException e) {
        // An old jar must not prevent the deployment of the application.
        parts = null;
        wiring = null;
        OldJarMark.set(config.getServletContext());
        LOG.error(
            "The Kameleoon visitor filter does not start, and passes all requests on without a"
                + " visitor: {}. The WARN before this line names the jar.",
            e.getMessage());
        return;
      }
      parts = wiring.parts();
      OldJarMark.remove(config.getServletContext());
      warnWithoutMapping(config);
    }
  }

  private static void warnWithoutMapping(FilterConfig config) {
    FilterRegistration filter =
        config.getServletContext().getFilterRegistration(config.getFilterName());
    if (filter != null
        && filter.getUrlPatternMappings().isEmpty()
        && filter.getServletNameMappings().isEmpty()) {
      LOG.warn(
          "No request reaches the filter '{}': add a <filter-mapping> with <url-pattern>/*</url-pattern>"
              + " to web.xml.",
          config.getFilterName());
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (parts != null
        && request instanceof HttpServletRequest httpRequest
        && response instanceof HttpServletResponse httpResponse) {
      try {
        filter(parts, httpRequest, httpResponse, chain);
      } finally {
        // Not before the chain, because a servlet of the chain may start now and migrate an empty
        // schema.
        if (wiring != null) {
          wiring.requestEnded();
        }
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private void filter(
      FilterParts parts,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    // Checks the class, because another web application can dispatch a request that has that
    // application's visitor.
    if (request.getAttribute(Visitor.ATTRIBUTE) instanceof RequestVisitor visitor) {
      if (request.getDispatcherType() == DispatcherType.FORWARD) {
        publishTo(ServletKind.of(request), request);
      }
      continueRequest(request, response, chain, visitor.scope());
      return;
    }
    ServletKind servlet = ServletKind.of(request);
    if (servlet == ServletKind.STATUS) {
      publishTo(servlet, request);
      chain.doFilter(request, response);
      return;
    }
    boolean excluded = parts.excluded().matches(request);
    boolean file = servlet == ServletKind.FILES;
    boolean resolves = !excluded && servlet != ServletKind.API;
    RequestScope scope =
        new RequestScope(
            parts,
            new IncomingRequest(request, parts.publicOrigin(), excluded),
            headers(parts, response, resolves));
    new RequestVisitor(scope, parts.featureKey()).publish(request);
    if (resolves && file) {
      scope.resolveForPages();
    } else if (resolves) {
      scope.resolveUnread();
    }
    // With wrappers the container could not use its fast way of sending a file. A filter of the
    // application may call the SDK for each file.
    boolean fastFile = excluded && file && !parts.applicationSdk().isFound();
    run(request, response, chain, scope, fastFile || parts.observes(), /* first= */ true);
  }

  /** Gives the filter's source to the status servlet. */
  private void publishTo(ServletKind servlet, HttpServletRequest request) {
    if (servlet == ServletKind.STATUS && wiring != null) {
      wiring.status().publish(request);
    }
  }

  private static VisitorHeaders headers(
      FilterParts parts, HttpServletResponse response, boolean holdBack) {
    if (parts.observes()) {
      return VisitorHeaders.silent(response);
    }
    return holdBack ? VisitorHeaders.heldBack(response) : new VisitorHeaders(response);
  }

  /** Runs the chain for another dispatch of a request that already has a visitor. */
  private static void continueRequest(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      RequestScope scope)
      throws IOException, ServletException {
    DispatcherType dispatch = request.getDispatcherType();
    if (dispatch == DispatcherType.ERROR) {
      // After an uncaught exception the container has dropped the headers and the wrappers.
      scope.resume(response);
      run(request, response, chain, scope, scope.observes(), /* first= */ false);
    } else if (MAYBE_UNWRAPPED.contains(dispatch) && !ResponseChain.hasVisitorResponse(response)) {
      run(request, response, chain, scope, scope.observes(), /* first= */ false);
    } else {
      chain.doFilter(request, response);
      if (request.isAsyncStarted()) {
        return;
      }
      if (dispatch == DispatcherType.ASYNC) {
        scope.endDispatch(response.getContentType());
      } else if (dispatch == DispatcherType.FORWARD
          && response instanceof VisitorResponse outermost) {
        // If another wrapper is outermost, the application may use what the forward has written.
        outermost.endForward();
      }
    }
  }

  private static void run(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      RequestScope scope,
      boolean bare,
      boolean first)
      throws IOException, ServletException {
    boolean nested = request.getDispatcherType() == DispatcherType.FORWARD;
    boolean answered = false;
    try {
      if (bare) {
        chain.doFilter(request, response);
      } else {
        chain.doFilter(
            new VisitorRequest(request, scope),
            ResponseChain.wrap(response, scope.headers(), scope));
      }
      answered = true;
    } finally {
      endResponse(request, response, scope, nested, first, answered);
    }
  }

  /**
   * Ends response and scope with the request, which an asynchronous servlet may prolong.
   *
   * @param nested whether the dispatch is part of another one
   * @param first whether this dispatch is the first one that reaches the filter
   * @param answered false if the chain threw: the container drops the response
   */
  private static void endResponse(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestScope scope,
      boolean nested,
      boolean first,
      boolean answered) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(AsyncEnd.of(scope, response));
        return;
      }
    } catch (IllegalStateException e) {
      // A thread of the application has completed the request in the meantime.
    }
    scope.endResponse(response, answered, !nested);
    if (nested && first) {
      // The dispatch around the forward, such as that of a form login, does not reach the filter.
      scope.count();
    }
  }

  @Override
  public void destroy() {
    if (wiring != null) {
      // A filter object that the application registered is initialised again when its context
      // restarts.
      destroyed = true;
      wiring.close();
    }
  }
}
