package io.github.kameleoonservlet.internal.visitor;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;

/**
 * Ends a visitor when an asynchronous request is complete, however often it was dispatched before.
 *
 * <p>A proxy: a class that implements {@link AsyncListener} WildFly takes for a component of the
 * application, cannot make, and warns of at each deployment (WFLYEE0007).
 */
public final class AsyncEnd {

  private AsyncEnd() {}

  /**
   * Returns a listener.
   *
   * @param response the response, which is complete at the end of the request
   */
  public static AsyncListener of(RequestVisitor visitor, HttpServletResponse response) {
    return (AsyncListener)
        Proxy.newProxyInstance(
            AsyncEnd.class.getClassLoader(),
            new Class<?>[] {AsyncListener.class},
            (listener, method, arguments) ->
                switch (method.getName()) {
                  case "onComplete" -> {
                    end(visitor, response);
                    yield null;
                  }
                  case "onStartAsync" -> {
                    AsyncEvent event = (AsyncEvent) arguments[0];
                    event.getAsyncContext().addListener((AsyncListener) listener);
                    yield null;
                  }
                  case "equals" -> listener == arguments[0];
                  case "hashCode" -> System.identityHashCode(listener);
                  case "toString" -> AsyncEnd.class.getName();
                  // After onError and onTimeout the completion follows.
                  default -> null;
                });
  }

  private static void end(RequestVisitor visitor, HttpServletResponse response) {
    try {
      visitor.pageEnds(response);
    } catch (IllegalStateException e) {
      // The container has already recycled the response.
    } finally {
      visitor.end();
    }
  }
}
