package io.github.kameleoonservlet.testing;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store whose calls a test fails, delays, repeats or records. */
public final class FaultyStore {

  private FaultyStore() {}

  /** Runs in place of each call of a store. */
  @FunctionalInterface
  public interface Fault {

    /**
     * Returns the result of a call.
     *
     * @param method the name of the called method
     * @param call the call to the store behind
     */
    Object answer(String method, Call call) throws Throwable;
  }

  /** A call to the store behind. */
  @FunctionalInterface
  public interface Call {
    Object proceed() throws Throwable;
  }

  /** Returns a store before another one. */
  public static VisitorCodeStore before(VisitorCodeStore store, Fault fault) {
    return (VisitorCodeStore)
        Proxy.newProxyInstance(
            FaultyStore.class.getClassLoader(),
            new Class<?>[] {VisitorCodeStore.class},
            (proxy, method, arguments) ->
                fault.answer(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(store, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }

  /** Returns a store that answers each call in the same way. */
  public static VisitorCodeStore always(Fault fault) {
    return (VisitorCodeStore)
        Proxy.newProxyInstance(
            FaultyStore.class.getClassLoader(),
            new Class<?>[] {VisitorCodeStore.class},
            (proxy, method, arguments) ->
                fault.answer(
                    method.getName(),
                    () -> {
                      throw new IllegalStateException("no store behind");
                    }));
  }

  /** Returns a store that cannot answer, but can be closed. */
  public static VisitorCodeStore down() {
    return always(
        (method, call) -> {
          if (method.equals("close")) {
            return null;
          }
          throw new StoreUnavailableException("down");
        });
  }
}
