package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The database of all servers of a history; it can be down, be slow, or lose a response. */
final class HistoryDatabase {

  enum Health {
    UP,
    /** Calls have no effect, and the caller gets an exception. */
    DOWN,
    /** Calls take effect later, after the caller's time-out. */
    SLOW
  }

  /** The store that holds the links. */
  final VisitorCodeStore links;

  /**
   * Notified after each call that may have changed a link, with the number of the calling server.
   */
  private final IntConsumer observer;

  Health health = Health.UP;
  int calls;

  /** The number of calls that failed because the store cannot respond. */
  int failures;

  private int answersUntilLost = -1;
  private int answersUntilSlow = -1;
  private final Deque<Runnable> givenUp = new ArrayDeque<>();
  private int callsBefore;
  private Runnable meanwhile;

  HistoryDatabase(VisitorCodeStore links, IntConsumer observer) {
    this.links = links;
    this.observer = observer;
  }

  /** Runs an event once, after some more calls, between the effect of a call and its response. */
  void meanwhile(int after, Runnable event) {
    callsBefore = after;
    meanwhile = event;
  }

  /**
   * Loses a response after some more calls: the call takes effect, but the caller gets no response.
   */
  void loseAnswer(int after) {
    answersUntilLost = after;
  }

  /** Lets a call exceed its time-out once, after some more calls. */
  void slowDown(int after) {
    answersUntilSlow = after;
  }

  /** Ends the fault and cancels the planned ones. */
  void behave() {
    health = Health.UP;
    answersUntilLost = -1;
    answersUntilSlow = -1;
  }

  /** Cancels the planned event if it has not run. */
  void nothingMeanwhile() {
    meanwhile = null;
  }

  /** Returns the store as the server with this number calls it. */
  VisitorCodeStore connection(int node) {
    return new Connection(node);
  }

  /** Replaces the real guard, which stops waiting for a slow call but lets the call end. */
  VisitorCodeStore guard(VisitorCodeStore store, UnaryOperator<Runnable> permissions) {
    return (VisitorCodeStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {VisitorCodeStore.class},
            (proxy, method, arguments) -> {
              boolean slow = answersUntilSlow >= 0 && answersUntilSlow-- == 0;
              if (!slow && health != Health.SLOW) {
                return invoke(store, method, arguments);
              }
              calls++;
              if (!method.getName().equals("find")) {
                givenUp.add(permissions.apply(() -> invokeLate(store, method, arguments)));
              }
              throw unavailable("too slow");
            });
  }

  /** Runs the calls for which the callers no longer wait. */
  void catchUp() {
    while (!givenUp.isEmpty()) {
      givenUp.poll().run();
    }
  }

  private static void invokeLate(VisitorCodeStore store, Method method, Object[] arguments) {
    try {
      invoke(store, method, arguments);
    } catch (StoreUnavailableException e) {
      // No caller waits for this call any more.
    }
  }

  private static Object invoke(VisitorCodeStore store, Method method, Object[] arguments) {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private StoreUnavailableException unavailable(String why) {
    failures++;
    return new StoreUnavailableException(why);
  }

  private <T> T call(int node, boolean writes, Supplier<T> effect) {
    calls++;
    if (health == Health.DOWN) {
      throw unavailable("down");
    }
    T answer = effect.get();
    if (writes) {
      observer.accept(node);
    }
    if (meanwhile != null && callsBefore-- == 0) {
      Runnable event = meanwhile;
      meanwhile = null;
      event.run();
    }
    if (answersUntilLost >= 0 && answersUntilLost-- == 0) {
      throw unavailable("answer lost");
    }
    return answer;
  }

  private final class Connection implements VisitorCodeStore {
    private final int node;

    Connection(int node) {
      this.node = node;
    }

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      return call(node, false, () -> links.find(user));
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      return call(node, true, () -> links.link(user, code));
    }

    @Override
    public boolean erase(UserKey user) {
      return call(node, true, () -> links.erase(user));
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      return call(node, true, () -> links.rename(from, to));
    }

    @Override
    public void close() {
      // The database outlives its servers.
    }
  }
}
