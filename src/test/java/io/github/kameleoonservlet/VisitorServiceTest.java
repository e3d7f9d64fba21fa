package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.Claims;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciler;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.UserKeys;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.RenameResult;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorServiceTest {

  private static final VisitorCode MINE = new VisitorCode("mine");

  private final InMemoryVisitorCodeStore store = new InMemoryVisitorCodeStore();
  private final AtomicInteger drawn = new AtomicInteger();
  private final VisitorService service = service(null, null);

  @Test
  void erase_theCodeIsNeverLinkedAgain() {
    visit(service, "user-1", MINE);

    assertThat(service.erase("user-1")).isTrue();
    assertThat(service.erase("user-1")).isFalse();
    assertThat(visit(service, "user-2", MINE).outcome()).isEqualTo(Outcome.SEPARATED);
    assertThat(visit(service, "user-1", MINE).outcome()).isEqualTo(Outcome.SEPARATED);
  }

  @Test
  void rename_theCodeGoesWithTheUser() {
    visit(service, "user-1", MINE);

    assertThat(service.rename("user-1", "user-2")).isEqualTo(RenameResult.RENAMED);
    assertThat(visit(service, "user-2", null).code()).isEqualTo(MINE);
    assertThat(service.rename("user-1", "user-3")).isEqualTo(RenameResult.NO_LINK);
  }

  @Test
  void rename_toAUserWithACode_changesNothing() {
    visit(service, "user-1", MINE);
    VisitorCode other = visit(service, "user-2", null).code();

    assertThat(service.rename("user-1", "user-2")).isEqualTo(RenameResult.TARGET_LINKED);
    assertThat(visit(service, "user-1", null).code()).isEqualTo(MINE);
    assertThat(visit(service, "user-2", null).code()).isEqualTo(other);
  }

  @Test
  void newSecret_withThePreviousOne_everyUserKeepsTheCode() {
    visit(service("old", null), "user-1", MINE);
    VisitorService rotated = service("new", "old");

    assertThat(visit(rotated, "user-1", null)).extracting(Reconciliation::code).isEqualTo(MINE);
    assertThat(visit(service("new", null), "user-1", null).code()).isEqualTo(MINE);
    assertThat(visit(service("old", null), "user-1", null).code()).isNotEqualTo(MINE);
  }

  @Test
  void newSecret_eraseAndRename_reachTheRowUnderThePreviousOne() {
    visit(service("old", null), "user-1", MINE);
    VisitorCode second = visit(service("old", null), "user-2", null).code();
    VisitorService rotated = service("new", "old");

    assertThat(rotated.rename("user-1", "user-3")).isEqualTo(RenameResult.RENAMED);
    assertThat(visit(rotated, "user-3", null).code()).isEqualTo(MINE);
    assertThat(rotated.erase("user-2")).isTrue();
    assertThat(visit(rotated, "user-2", second).outcome()).isEqualTo(Outcome.SEPARATED);
  }

  @Test
  void newSecret_renameToAUserUnderThePreviousOne_changesNothing() {
    visit(service("old", null), "user-1", MINE);
    VisitorCode second = visit(service("old", null), "user-2", null).code();
    VisitorService rotated = service("new", "old");

    assertThat(rotated.rename("user-1", "user-2")).isEqualTo(RenameResult.TARGET_LINKED);
    assertThat(visit(rotated, "user-2", null).code()).isEqualTo(second);
    assertThat(rotated.rename("user-1", "user-1")).isEqualTo(RenameResult.RENAMED);
  }

  @Test
  void newSecret_whoLosesTheRaceToMoveTheRow_findsIt() {
    visit(service("old", null), "user-1", MINE);
    VisitorCodeStore raced =
        (VisitorCodeStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {VisitorCodeStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("rename")) {
                    method.invoke(store, arguments);
                  }
                  return method.invoke(store, arguments);
                });
    VisitorService rotated =
        new VisitorService(raced, new Reconciler(() -> MINE), new UserKeys(Set.of(), "new", "old"));

    // Passive, for another request would link and only then find the link.
    Reconciliation answer =
        rotated.resolve(new Claims(rotated.caller("user-1"), null, List.of(), Consent.GIVEN, true));
    assertThat(answer.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(rotated.rename("user-1", "user-1")).isEqualTo(RenameResult.RENAMED);
  }

  @Test
  void firstSecret_everyUserKeepsTheCode() {
    visit(service, "user-1", MINE);

    assertThat(visit(service("first", null), "user-1", null).code()).isEqualTo(MINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "guest"})
  void whoIsNoUser_isRefused(String id) {
    assertThatThrownBy(() -> service.erase(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> service.rename(id, "user-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> service.rename("user-1", id))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private VisitorService service(String secret, String previous) {
    return new VisitorService(
        store,
        new Reconciler(() -> new VisitorCode("new-" + drawn.incrementAndGet())),
        new UserKeys(Set.of("guest"), secret, previous));
  }

  private static Reconciliation visit(VisitorService service, String user, VisitorCode cookie) {
    List<VisitorCode> cookies = cookie == null ? List.of() : List.of(cookie);
    return service.resolve(new Claims(service.caller(user), null, cookies, Consent.GIVEN, false));
  }
}
