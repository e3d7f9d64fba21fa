package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;

/** A store with a time limit for each call, so that requests may call the store. Thread-safe. */
public interface TimeLimitedStore extends VisitorCodeStore {

  /**
   * Prepares the store after the first request. The application has then started, and its
   * migrations have run. Does not throw.
   *
   * @param patience the maximum time to wait for the table; zero does not wait
   */
  void firstRequestEnded(Duration patience);
}
