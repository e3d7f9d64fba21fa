package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.ResponseChain;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.http.VisitorResponse;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.visitor.AsyncEnd;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
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
 * Gives every request its visitor.
 *
 * <p>Map it once, to {@code /*} with the dispatchers REQUEST, FORWARD, ASYNC and ERROR and with
 * {@code async-supported}, after a security filter and before the application's own filters. For a
 * request it
 *
 * <ol>
 *   <li>passes on what has a visitor already (a forward, an error page);
 *   <li>reads the presented codes and asks who the user is;
 *   <li>resolves the visitor, which asks the store for signed-in users only; on an excluded path
 *       only when something reads the visitor;
 *   <li>sets the request attributes named in {@link Visitor}, and writes a signed-in user's cookie
 *       if it changes;
 *   <li>runs the chain, and catches nothing around it;
 *   <li>writes an anonymous visitor's cookie when something reads the visitor, or when the response
 *       begins and is a page.
 * </ol>
 *
 * <p>It creates no session. The settings are strict: a wrong one fails the deployment with a
 * message that says which. A database or platform that is down does not.
 *
 * @since 0.1
 */
public final class KameleoonVisitorFilter implements Filter {

  /**
   * The name of the servlet context's attribute with a {@code Supplier<List<String>>} of the last
   * 1,000 lines that the SDK would have sent, when it decides offline from a {@code dataFile}.
   */
  public static final String SENT_LINES_ATTRIBUTE = "kameleoonSentLines";

  /** After startAsync(), and from the server's own servlet for files, which gets no wrapper. */
  private static final Set<DispatcherType> PAST_OUR_WRAPPERS =
      Set.of(DispatcherType.ASYNC, DispatcherType.FORWARD);

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonVisitorFilter.class);

  private final FirstOccurrences asyncWarned = new FirstOccurrences();
  private @Nullable Wiring wiring;
  private @Nullable FilterParts parts;
  private boolean destroyed;

  /** For the servlet container. */
  public KameleoonVisitorFilter() {}

  KameleoonVisitorFilter(FilterParts parts) {
    this.parts = parts;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (parts == null || destroyed) {
      destroyed = false;
      wiring = Wiring.open(config);
      parts = wiring.parts();
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
        // Not before the chain: its servlet may start now, and migrate an empty schema.
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
    // With instanceof: another web application may have dispatched here with its own.
    if (request.getAttribute(Visitor.ATTRIBUTE) instanceof RequestVisitor visitor) {
      goOn(request, response, chain, visitor);
      return;
    }
    if (!request.isAsyncSupported() && asyncWarned.isFirst()) {
      LOG.warn(
          "Asynchronous servlets behind this filter will fail: add"
              + " <async-supported>true</async-supported> to the <filter> in web.xml (and to the"
              + " filters before it).");
    }
    boolean excluded = parts.excluded().matches(request);
    RequestVisitor visitor =
        new RequestVisitor(parts, request, new VisitorHeaders(response), excluded);
    MappedServlet servlet = MappedServlet.of(request);
    boolean file = servlet == MappedServlet.FILES;
    if (!excluded && servlet != MappedServlet.API) {
      if (file) {
        visitor.resolveForPages();
      } else {
        visitor.resolveUnread();
      }
    }
    // Wrappers would take the server's fast way of sending a file from it.
    run(request, response, chain, visitor, excluded && file);
  }

  /** Runs the chain for another dispatch of a request that has its visitor. */
  private static void goOn(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      RequestVisitor visitor)
      throws IOException, ServletException {
    DispatcherType dispatch = request.getDispatcherType();
    if (dispatch == DispatcherType.ERROR) {
      // After an uncaught exception the server has dropped the headers and our wrappers.
      visitor.resume(response);
      run(request, response, chain, visitor, false);
    } else if (PAST_OUR_WRAPPERS.contains(dispatch)
        && !ResponseChain.hasVisitorResponse(response)) {
      run(request, response, chain, visitor, false);
    } else {
      chain.doFilter(request, response);
      if (request.isAsyncStarted()) {
        return;
      }
      if (dispatch == DispatcherType.ASYNC) {
        visitor.headers().end(response.getContentType());
      } else if (dispatch == DispatcherType.FORWARD && response instanceof VisitorResponse ours) {
        // Through another wrapper the application may use what the forward writes.
        ours.endForward();
      }
    }
  }

  private static void run(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      RequestVisitor visitor,
      boolean bare)
      throws IOException, ServletException {
    boolean nested = request.getDispatcherType() == DispatcherType.FORWARD;
    boolean answered = false;
    try {
      if (bare) {
        chain.doFilter(request, response);
      } else {
        chain.doFilter(
            new VisitorRequest(request, visitor), ResponseChain.wrap(response, visitor.headers()));
      }
      answered = true;
    } finally {
      endAnswer(request, response, visitor, nested, answered);
    }
  }

  /**
   * Ends response and visitor with the request, which an asynchronous servlet may prolong.
   *
   * @param nested whether the dispatch is part of another one
   * @param answered false if the chain threw: the container drops the response
   */
  private static void endAnswer(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestVisitor visitor,
      boolean nested,
      boolean answered) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(AsyncEnd.of(visitor, response));
        return;
      }
    } catch (IllegalStateException e) {
      // Completed in the meantime by the application's own thread.
    }
    visitor.headers().end(response.getContentType());
    if (answered) {
      visitor.pageEnds(response);
    }
    if (!nested) {
      visitor.end();
    }
  }

  @Override
  public void destroy() {
    if (wiring != null) {
      // An object that was registered as such is initialised again when its context is restarted.
      destroyed = true;
      wiring.close();
    }
  }
}
