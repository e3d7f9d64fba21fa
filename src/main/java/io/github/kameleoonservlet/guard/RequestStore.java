package io.github.kameleoonservlet.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;

/** A store that is fit for requests. Thread-safe. */
public interface RequestStore extends VisitorCodeStore {

  /**
   * Notes that the first request has come, so that the application has started and its migrations
   * have run. Does not throw.
   *
   * @param patience how long to wait for a table that is created now; zero for not at all
   */
  void requestsCome(Duration patience);
}
