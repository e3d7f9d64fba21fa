package io.github.kameleoonservlet.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.testing.FaultyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests how many store calls a decision makes, with a secret and without. */
class UserLinksTest {

  private static final UserKeys PLAIN = new UserKeys(Set.of(), null, null);
  private static final UserKeys WITH_SECRET = new UserKeys(Set.of(), "secret", null);
  private static final VisitorCode CODE = new VisitorCode("code");

  private final List<String> calls = new ArrayList<>();
  private String failing = "none";
  private final VisitorCodeStore store = counted(new InMemoryVisitorCodeStore());
  private final UserLinks links = new UserLinks(store);
  private final VisitorResolver resolver =
      new VisitorResolver(new Reconciler(() -> VisitorCode.random(new SecureRandom())), links);

  private VisitorCodeStore counted(VisitorCodeStore target) {
    return FaultyStore.before(
        target,
        (method, call) -> {
          calls.add(method);
          if (method.equals(failing)) {
            throw new StoreUnavailableException("read-only");
          }
          return call.proceed();
        });
  }

  private Reconciliation resolve(UserKeys keys, boolean passive) {
    return resolver.resolve(
        new Claims(keys.caller("user-1"), null, List.of(CODE), Consent.GIVEN, passive));
  }

  @Test
  void resolve_firstSignInWithSecret_makesSameCallsAsWithoutSecret() {
    assertThat(resolve(WITH_SECRET, false).outcome()).isEqualTo(Outcome.LINKED);

    assertThat(calls).containsExactly("find", "link");
  }

  @Test
  void resolve_passiveRequestOfUnlinkedUserWithSecret_makesOneCall() {
    assertThat(resolve(WITH_SECRET, true).outcome()).isEqualTo(Outcome.UNRESOLVED);

    assertThat(calls).containsExactly("find");
  }

  @Test
  void resolve_linkedUserWithSecret_makesOneCall() {
    resolve(WITH_SECRET, false);
    calls.clear();

    assertThat(resolve(WITH_SECRET, false).outcome()).isEqualTo(Outcome.RECOGNIZED);

    assertThat(calls).containsExactly("find");
  }

  @Test
  void resolve_withoutSecret_findsOnceAndLinksOnce() {
    resolve(PLAIN, false);
    assertThat(calls).containsExactly("find", "link");

    calls.clear();
    resolve(PLAIN, false);
    assertThat(calls).containsExactly("find");
  }

  @Test
  void resolve_nodesWithOldAndNewSecret_findOneLink() {
    UserKeys unprepared = new UserKeys(Set.of(), "old", null);
    UserKeys before = new UserKeys(Set.of(), "old", "new");
    UserKeys after = new UserKeys(Set.of(), "new", "old");
    assertThat(resolve(unprepared, false).outcome()).isEqualTo(Outcome.LINKED);

    for (int i = 0; i < 3; i++) {
      assertThat(resolve(after, false).outcome()).isEqualTo(Outcome.RECOGNIZED);
      assertThat(resolve(before, false).outcome()).isEqualTo(Outcome.RECOGNIZED);
    }
    resolve(after, false);
    assertThat(resolve(unprepared, true).outcome()).isEqualTo(Outcome.UNRESOLVED);
  }

  @Test
  void resolve_linkUnderPreviousKeyInReadOnlyStore_isFoundAndMovedLater() {
    resolve(PLAIN, false);
    failing = "rename";

    Reconciliation readOnly = resolve(WITH_SECRET, false);

    assertThat(readOnly.outcome()).isEqualTo(Outcome.RECOGNIZED);
    assertThat(readOnly.code()).isEqualTo(CODE);
    calls.clear();
    failing = "none";
    assertThat(resolve(WITH_SECRET, false).code()).isEqualTo(CODE);
    assertThat(calls).containsExactly("find", "rename", "find");
    assertThat(resolve(PLAIN, true).outcome()).isEqualTo(Outcome.UNRESOLVED);
  }

  /** Otherwise a row under the previous key would stay beside the moved row. */
  @Test
  void rename_linkUnderPreviousKeyCannotBeMoved_fails() {
    Caller user = WITH_SECRET.caller("user-1");
    Caller other = WITH_SECRET.caller("user-2");
    resolve(PLAIN, false);
    links.link(other.key(), new VisitorCode("other"));
    failing = "rename";

    calls.clear();
    assertThatThrownBy(() -> links.rename(user, other))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(calls).containsExactly("find", "rename");

    calls.clear();
    assertThatThrownBy(() -> links.rename(other, user))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(calls).containsExactly("find", "find", "rename");
  }

  @Test
  void resolve_linkUnderPreviousKey_isMovedOnce() {
    resolve(PLAIN, false);
    calls.clear();

    assertThat(resolve(WITH_SECRET, false).outcome()).isEqualTo(Outcome.RECOGNIZED);
    assertThat(calls).containsExactly("find", "rename", "find");

    calls.clear();
    assertThat(resolve(WITH_SECRET, false).code()).isEqualTo(CODE);
    assertThat(calls).containsExactly("find");
    assertThat(resolve(PLAIN, true).outcome()).isEqualTo(Outcome.UNRESOLVED);
  }
}
