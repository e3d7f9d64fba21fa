package io.github.kameleoonservlet.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;

/** A store that is fit for requests. Thread-safe. */
public interface RequestStore extends VisitorCodeStore {

  /**
   * Notes that the first request has come, so that the application has started and its migrations
   * have run. Does not wait, does not throw.
   */
  void requestsCome();
}
