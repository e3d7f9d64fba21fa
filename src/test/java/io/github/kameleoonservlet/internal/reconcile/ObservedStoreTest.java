package io.github.kameleoonservlet.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.Link;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservedStoreTest {

  private static final VisitorCode STORED = new VisitorCode("stored");
  private static final VisitorCode OTHER = new VisitorCode("other");

  private final InMemoryVisitorCodeStore real = new InMemoryVisitorCodeStore();
  private final ObservedStore store = new ObservedStore(real);

  private static UserKey user(String id) {
    return new UserKeys(Set.of(), null, null).caller(id).key();
  }

  @Test
  void find_linkedUser_returnsStoredCode() {
    real.link(user("user-1"), STORED);

    assertThat(store.find(user("user-1"))).contains(STORED);
    assertThat(store.find(user("new"), user("user-1"))).contains(new Link(user("user-1"), STORED));
  }

  @Test
  void link_newUser_isRememberedAndNotStored() {
    assertThat(store.link(user("user-1"), OTHER)).isEqualTo(LinkResult.LINKED);

    assertThat(store.find(user("user-1"))).contains(OTHER);
    assertThat(store.find(user("user-1"), user("user-2")))
        .contains(new Link(user("user-1"), OTHER));
    assertThat(real.find(user("user-1"))).isEmpty();
  }

  @Test
  void link_rememberedUserOrCode_isRefusedAsTheRealStoreWould() {
    store.link(user("user-1"), OTHER);

    assertThat(store.link(user("user-1"), OTHER)).isEqualTo(LinkResult.LINKED);
    assertThat(store.link(user("user-1"), STORED)).isEqualTo(LinkResult.USER_LINKED);
    assertThat(store.link(user("user-2"), OTHER)).isEqualTo(LinkResult.CODE_TAKEN);
  }

  @Test
  void link_moreUsersThanCapacity_forgetsTheFirst() {
    for (int i = 0; i <= ObservedStore.CAPACITY; i++) {
      store.link(user("user-" + i), new VisitorCode("code-" + i));
    }

    assertThat(store.find(user("user-0"))).isEmpty();
    assertThat(store.find(user("user-1"))).isPresent();
    assertThat(store.link(user("another"), new VisitorCode("code-0"))).isEqualTo(LinkResult.LINKED);
  }

  @Test
  void changes_areRefused() {
    real.link(user("user-1"), STORED);

    assertThatThrownBy(() -> store.rename(user("user-1"), user("user-2")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.erase(user("user-1")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(real.find(user("user-1"))).contains(STORED);
  }

  @Test
  void find_userOfPreviousSecret_returnsCodeAndKeepsRow() {
    UserKeys keys = new UserKeys(Set.of(), "s".repeat(32), "p".repeat(32));
    Caller caller = keys.caller("user-1");
    real.link(caller.previousKey(), STORED);

    assertThat(new UserLinks(store).find(caller)).contains(STORED);
    assertThat(real.find(caller.previousKey())).contains(STORED);
  }
}
