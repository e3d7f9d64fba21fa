package io.github.kameleoonservlet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.VisitorCodeStore.Link;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests a store that finds two keys by one call for each. */
class FindOfTwoKeysTest {

  private static final UserKey NOW = new UserKey("a".repeat(64));
  private static final UserKey BEFORE = new UserKey("b".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("mine");

  /**
   * A store in which another request moves the link before the call for the older key returns.
   * FaultyStore cannot be used, because it overrides the default method under test.
   */
  private static final class Moving implements VisitorCodeStore {
    private final InMemoryVisitorCodeStore links = new InMemoryVisitorCodeStore();

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      if (user.equals(BEFORE)) {
        links.rename(BEFORE, NOW);
      }
      return links.find(user);
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      return links.link(user, code);
    }

    @Override
    public boolean erase(UserKey user) {
      return links.erase(user);
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      return links.rename(from, to);
    }

    @Override
    public void close() {
      links.close();
    }
  }

  @Test
  void find_linkMovedBetweenTwoCalls_isFoundUnderNewKey() {
    VisitorCodeStore store = new Moving();
    store.link(BEFORE, CODE);

    assertThat(store.find(NOW, BEFORE)).contains(new Link(NOW, CODE));
  }

  @Test
  void find_noLinkUnderEitherKey_isEmpty() {
    assertThat(new Moving().find(NOW, BEFORE)).isEmpty();
  }
}
