package io.github.kameleoonservlet.testing;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.util.Optional;

/** A store whose calls a test fails, delays, repeats or records. */
public final class FaultyStore {

  private FaultyStore() {}

  /** Runs in place of each call of a store. */
  @FunctionalInterface
  public interface Fault {

    /**
     * Returns the result of a call, or throws anything.
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
    return new Before(store, fault);
  }

  /** Returns a store that answers each call in the same way. */
  public static VisitorCodeStore always(Fault fault) {
    return before(down(), fault);
  }

  /** Returns a store that cannot answer, but can be closed. */
  public static VisitorCodeStore down() {
    return new Down();
  }

  /** No proxy: a proxy replaces the undeclared checked exceptions that a fault throws. */
  private record Before(VisitorCodeStore store, Fault fault) implements VisitorCodeStore {

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      return answer("find", () -> store.find(user));
    }

    @Override
    public Optional<Link> find(UserKey user, UserKey previous) {
      return answer("find", () -> store.find(user, previous));
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      return answer("link", () -> store.link(user, code));
    }

    @Override
    public boolean erase(UserKey user) {
      return answer("erase", () -> store.erase(user));
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      return answer("rename", () -> store.rename(from, to));
    }

    @Override
    public void close() {
      answer(
          "close",
          () -> {
            store.close();
            return null;
          });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> T answer(String method, Call call) {
      try {
        return (T) fault.answer(method, call);
      } catch (Throwable e) {
        return Sneaky.rethrow(e);
      }
    }
  }

  private record Down() implements VisitorCodeStore {

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      throw new StoreUnavailableException("down");
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      throw new StoreUnavailableException("down");
    }

    @Override
    public boolean erase(UserKey user) {
      throw new StoreUnavailableException("down");
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      throw new StoreUnavailableException("down");
    }

    @Override
    public void close() {}
  }
}
