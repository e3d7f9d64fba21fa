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
 * Gives the application's asynchronous thread the server's request and response in our wrappers.
 * For the server nothing changes: {@code dispatch()} goes where it would go, to the same request.
 */
final class VisitorAsyncContext implements AsyncContext {

  private final AsyncContext servers;
  private final RequestVisitor visitor;

  VisitorAsyncContext(AsyncContext servers, RequestVisitor visitor) {
    this.servers = servers;
    this.visitor = visitor;
  }

  @Override
  public ServletRequest getRequest() {
    return servers.getRequest() instanceof HttpServletRequest request && isUnguarded()
        ? new VisitorRequest(request, visitor)
        : servers.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return servers.getResponse() instanceof HttpServletResponse response && isUnguarded()
        ? new VisitorResponse(response, visitor.headers())
        : servers.getResponse();
  }

  /** Not when the application has handed over what it got from us. */
  private boolean isUnguarded() {
    return !ResponseChain.hasVisitorResponse(servers.getResponse());
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return servers.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    servers.dispatch();
  }

  @Override
  public void dispatch(String path) {
    servers.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    servers.dispatch(context, path);
  }

  @Override
  public void complete() {
    visitor.headers().end(servers.getResponse().getContentType());
    servers.complete();
  }

  @Override
  public void start(Runnable run) {
    servers.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    servers.addListener(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    servers.addListener(listener, request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return servers.createListener(type);
  }

  @Override
  public void setTimeout(long millis) {
    servers.setTimeout(millis);
  }

  @Override
  public long getTimeout() {
    return servers.getTimeout();
  }
}
