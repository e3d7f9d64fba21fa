package io.github.kameleoonservlet.internal.visitor;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;

/**
 * The listener that ends the scope of an asynchronous request when the request is complete,
 * independent of the number of its dispatches.
 *
 * <p>The listener is a proxy, because WildFly takes each class that implements {@link
 * AsyncListener} for a component of the application, cannot create the component, and logs a WARN
 * at each deployment (WFLYEE0007).
 */
public final class AsyncEnd {

  private AsyncEnd() {}

  /**
   * Returns a listener.
   *
   * @param response the response, which is complete at the end of the request
   */
  public static AsyncListener of(RequestScope scope, HttpServletResponse response) {
    return (AsyncListener)
        Proxy.newProxyInstance(
            AsyncEnd.class.getClassLoader(),
            new Class<?>[] {AsyncListener.class},
            (listener, method, arguments) ->
                switch (method.getName()) {
                  case "onComplete" -> {
                    scope.endAsync(response);
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
}
