package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;

/** A store that requests may call, because the time of each call is limited. Thread-safe. */
public interface TimeLimitedStore extends VisitorCodeStore {

  /**
   * Notes the end of the first request: the application has started, and its migrations have run.
   * Does not throw.
   *
   * @param patience how long to wait while the table is created; zero to not wait
   */
  void firstRequestEnded(Duration patience);
}
