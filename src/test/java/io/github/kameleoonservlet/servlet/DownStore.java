package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.util.Optional;

/** A store that does not answer. */
final class DownStore implements VisitorCodeStore {

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
