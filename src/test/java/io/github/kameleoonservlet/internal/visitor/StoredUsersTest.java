package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.decision.RecordingDecisions;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.testing.FaultyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredUsersTest {

  private static final VisitorCode MINE = new VisitorCode("mine");

  private final InMemoryVisitorCodeStore store = new InMemoryVisitorCodeStore();
  private final AtomicInteger drawn = new AtomicInteger();
  private final Users users = users(null, null);

  @Test
  void code_linkedUser_isReturnedUntilErasure() {
    visit(users, "user-1", MINE);
    assertThat(users.service.code("user-1")).contains("mine");
    assertThat(users.service.code("user-2")).isEmpty();

    users.service.erase("user-1");

    assertThat(users.service.code("user-1")).isEmpty();
  }

  @Test
  void erase_linkedUser_codeIsNeverLinkedAgain() {
    visit(users, "user-1", MINE);

    assertThat(users.service.erase("user-1")).isTrue();
    assertThat(users.service.erase("user-1")).isFalse();
    assertThat(visit(users, "user-2", MINE).outcome()).isEqualTo(Outcome.SEPARATED);
    assertThat(visit(users, "user-1", MINE).outcome()).isEqualTo(Outcome.SEPARATED);
  }

  @Test
  void rename_linkedUser_movesCode() {
    visit(users, "user-1", MINE);

    assertThat(users.service.rename("user-1", "user-2")).isEqualTo(RenameResult.RENAMED);
    assertThat(visit(users, "user-2", null).code()).isEqualTo(MINE);
    assertThat(users.service.rename("user-1", "user-3")).isEqualTo(RenameResult.NO_LINK);
  }

  @Test
  void rename_toUserWithCode_changesNothing() {
    visit(users, "user-1", MINE);
    VisitorCode other = visit(users, "user-2", null).code();

    assertThat(users.service.rename("user-1", "user-2")).isEqualTo(RenameResult.TARGET_LINKED);
    assertThat(visit(users, "user-1", null).code()).isEqualTo(MINE);
    assertThat(visit(users, "user-2", null).code()).isEqualTo(other);
  }

  @Test
  void newSecret_withPreviousSecret_everyUserKeepsCode() {
    visit(users("old", null), "user-1", MINE);
    Users rotated = users("new", "old");

    assertThat(visit(rotated, "user-1", null)).extracting(Reconciliation::code).isEqualTo(MINE);
    assertThat(visit(users("new", null), "user-1", null).code()).isEqualTo(MINE);
    assertThat(visit(users("old", null), "user-1", null).code()).isNotEqualTo(MINE);
  }

  @Test
  void newSecret_eraseAndRename_findRowUnderPreviousKey() {
    visit(users("old", null), "user-1", MINE);
    VisitorCode second = visit(users("old", null), "user-2", null).code();
    Users rotated = users("new", "old");

    assertThat(rotated.service.rename("user-1", "user-3")).isEqualTo(RenameResult.RENAMED);
    assertThat(visit(rotated, "user-3", null).code()).isEqualTo(MINE);
    assertThat(rotated.service.erase("user-2")).isTrue();
    assertThat(visit(rotated, "user-2", second).outcome()).isEqualTo(Outcome.SEPARATED);
  }

  @Test
  void newSecret_renameToUserUnderPreviousKey_changesNothing() {
    visit(users("old", null), "user-1", MINE);
    VisitorCode second = visit(users("old", null), "user-2", null).code();
    Users rotated = users("new", "old");

    assertThat(rotated.service.rename("user-1", "user-2")).isEqualTo(RenameResult.TARGET_LINKED);
    assertThat(visit(rotated, "user-2", null).code()).isEqualTo(second);
    assertThat(rotated.service.rename("user-1", "user-1")).isEqualTo(RenameResult.RENAMED);
  }

  @Test
  void newSecret_rowMovedByOtherNode_isFound() {
    visit(users("old", null), "user-1", MINE);
    VisitorCodeStore raced =
        FaultyStore.before(
            store,
            (method, call) -> {
              if (method.equals("rename")) {
                call.proceed();
              }
              return call.proceed();
            });
    Users rotated = users(raced, "new", "old");

    // Passive, because another request would link the user before it finds the link.
    Reconciliation answer = visit(rotated, "user-1", null, true);
    assertThat(answer.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(rotated.service.rename("user-1", "user-1")).isEqualTo(RenameResult.RENAMED);
  }

  @Test
  void firstSecret_linkedUsers_keepCodes() {
    visit(users, "user-1", MINE);

    assertThat(visit(users("first", null), "user-1", null).code()).isEqualTo(MINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "guest"})
  void service_invalidUserId_isRefused(String id) {
    assertThatThrownBy(() -> users.service.code(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> users.service.erase(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("null", "blank", "notUsers");
    assertThatThrownBy(() -> users.service.rename(id, "user-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> users.service.rename("user-1", id))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Users users(String secret, String previous) {
    return users(store, secret, previous);
  }

  private Users users(VisitorCodeStore links, String secret, String previous) {
    UserKeys keys = new UserKeys(Set.of("guest"), secret, previous);
    UserLinks userLinks = new UserLinks(links);
    Reconciler reconciler = new Reconciler(() -> new VisitorCode("new-" + drawn.incrementAndGet()));
    return new Users(
        keys,
        new StoredUsers(
            keys, userLinks, new PreviewLinks(null, null, "", new RecordingDecisions())),
        new VisitorResolver(reconciler, userLinks));
  }

  private static Reconciliation visit(Users users, String user, VisitorCode cookie) {
    return visit(users, user, cookie, false);
  }

  private static Reconciliation visit(
      Users users, String user, VisitorCode cookie, boolean passive) {
    List<VisitorCode> cookies = cookie == null ? List.of() : List.of(cookie);
    return users.resolver.resolve(
        new Claims(users.keys.caller(user), null, cookies, Consent.GIVEN, passive));
  }

  /**
   * The users of an application: their keys, the service that administers them, and the resolver of
   * their visits.
   */
  private record Users(UserKeys keys, VisitorService service, VisitorResolver resolver) {}
}
