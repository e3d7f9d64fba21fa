package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.http.ResponseChain;
import io.github.kameleoonservlet.internal.http.VisitorResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * An asynchronous context that wraps the container's request and response for the application's
 * asynchronous threads. The container is not affected: {@code dispatch()} has the same target and
 * request as without this class.
 */
final class VisitorAsyncContext implements AsyncContext {

  private final AsyncContext container;
  private final RequestScope scope;

  VisitorAsyncContext(AsyncContext container, RequestScope scope) {
    this.container = container;
    this.scope = scope;
  }

  @Override
  public ServletRequest getRequest() {
    return container.getRequest() instanceof HttpServletRequest request && isUnwrapped()
        ? new VisitorRequest(request, scope)
        : container.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return container.getResponse() instanceof HttpServletResponse response && isUnwrapped()
        ? new VisitorResponse(response, scope.headers(), scope)
        : container.getResponse();
  }

  /** Returns false if the application has passed this library's wrappers to the container. */
  private boolean isUnwrapped() {
    return !ResponseChain.hasVisitorResponse(container.getResponse());
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return container.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    container.dispatch();
  }

  @Override
  public void dispatch(String path) {
    container.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    container.dispatch(context, path);
  }

  @Override
  public void complete() {
    scope.endDispatch(container.getResponse().getContentType());
    container.complete();
  }

  @Override
  public void start(Runnable run) {
    container.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    container.addListener(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    container.addListener(listener, request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return container.createListener(type);
  }

  @Override
  public void setTimeout(long millis) {
    container.setTimeout(millis);
  }

  @Override
  public long getTimeout() {
    return container.getTimeout();
  }
}
