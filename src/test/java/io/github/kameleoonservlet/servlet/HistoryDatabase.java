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

/** The one database behind all servers of a history: down, slow, or losing an answer, at will. */
final class HistoryDatabase {

  enum Health {
    UP,
    /** Nothing happens, and the caller gets an exception. */
    DOWN,
    /** It happens later, when the caller has given up long ago. */
    SLOW
  }

  /** The real store. */
  final VisitorCodeStore links;

  /** Notified after each call that may have changed a link, with the server that made it. */
  private final IntConsumer observer;

  Health health = Health.UP;
  int calls;

  /** The number of calls that failed because the store cannot answer. */
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

  /** Has something happen once, after some more calls: between the effect and the answer of one. */
  void meanwhile(int after, Runnable event) {
    callsBefore = after;
    meanwhile = event;
  }

  /** Loses one answer, after some more: the call takes effect, but the caller gets no answer. */
  void loseAnswer(int after) {
    answersUntilLost = after;
  }

  /** Is too slow once, after some more calls. */
  void slowDown(int after) {
    answersUntilSlow = after;
  }

  /** Neither loses an answer nor is too slow. */
  void behave() {
    health = Health.UP;
    answersUntilLost = -1;
    answersUntilSlow = -1;
  }

  /** Takes back what has not happened. */
  void nothingMeanwhile() {
    meanwhile = null;
  }

  /** What one server sees of the database. */
  VisitorCodeStore connection(int node) {
    return new Connection(node);
  }

  /** Stands where the real guard stands, which gives a slow call up but lets it end. */
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

  /** Lets the calls end that were given up. */
  void catchUp() {
    while (!givenUp.isEmpty()) {
      givenUp.poll().run();
    }
  }

  private static void invokeLate(VisitorCodeStore store, Method method, Object[] arguments) {
    try {
      invoke(store, method, arguments);
    } catch (StoreUnavailableException e) {
      // No caller is left to be notified.
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
