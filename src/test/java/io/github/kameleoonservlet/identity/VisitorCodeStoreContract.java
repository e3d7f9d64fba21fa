package io.github.kameleoonservlet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Tests the contract of every {@link VisitorCodeStore}. A subclass returns a store, which all tests
 * may share: each test draws its own users and codes.
 */
public abstract class VisitorCodeStoreContract {

  private static final int THREADS = 64;
  private static final int ROUNDS = 10;

  /** Returns the store under test. */
  protected abstract VisitorCodeStore store();

  @Test
  void find_unknownUser_isEmpty() {
    assertThat(store().find(user())).isEmpty();
  }

  @Test
  void find_linkedUser_returnsCode() {
    UserKey user = user();
    VisitorCode code = code();

    assertThat(store().link(user, code)).isEqualTo(LinkResult.LINKED);

    assertThat(store().find(user)).contains(code);
  }

  @Test
  void find_codeOfEveryCharacterAndMaximumLength_isUnchanged() {
    for (String text : List.of("Az09._:@~-" + unique(), "-".repeat(100 - 32) + unique())) {
      UserKey user = user();
      store().link(user, new VisitorCode(text));

      assertThat(store().find(user)).contains(new VisitorCode(text));
    }
  }

  @Test
  void findWithPreviousKey_linkUnderEitherKey_returnsKeyOfLink() {
    UserKey user = user();
    UserKey previous = user();
    VisitorCode old = code();
    assertThat(store().find(user, previous)).isEmpty();

    store().link(previous, old);
    assertThat(store().find(user, previous)).contains(new VisitorCodeStore.Link(previous, old));

    VisitorCode current = code();
    store().link(user, current);
    assertThat(store().find(user, previous)).contains(new VisitorCodeStore.Link(user, current));
  }

  @Test
  void link_sameLinkTwice_isLinked() {
    UserKey user = user();
    VisitorCode code = code();
    store().link(user, code);

    assertThat(store().link(user, code)).isEqualTo(LinkResult.LINKED);
  }

  @Test
  void link_userWithAnotherCode_keepsThatCode() {
    UserKey user = user();
    VisitorCode first = code();
    store().link(user, first);

    assertThat(store().link(user, code())).isEqualTo(LinkResult.USER_LINKED);

    assertThat(store().find(user)).contains(first);
  }

  @Test
  void link_codeOfAnotherUser_isTaken() {
    UserKey owner = user();
    UserKey other = user();
    VisitorCode code = code();
    store().link(owner, code);

    assertThat(store().link(other, code)).isEqualTo(LinkResult.CODE_TAKEN);

    assertThat(store().find(other)).isEmpty();
    assertThat(store().find(owner)).contains(code);
  }

  @Test
  void link_linkedUserAndCodeOfAnotherUser_returnsUserLinked() {
    UserKey user = user();
    VisitorCode taken = code();
    store().link(user(), taken);
    store().link(user, code());

    assertThat(store().link(user, taken)).isEqualTo(LinkResult.USER_LINKED);
  }

  @Test
  void link_codeThatDiffersInCase_isAnotherCode() {
    String random = unique();
    VisitorCode lower = new VisitorCode("abc" + random);
    VisitorCode upper = new VisitorCode("ABC" + random);
    UserKey one = user();
    UserKey two = user();

    assertThat(store().link(one, lower)).isEqualTo(LinkResult.LINKED);
    assertThat(store().link(two, upper)).isEqualTo(LinkResult.LINKED);

    assertThat(store().find(one)).contains(lower);
    assertThat(store().find(two)).contains(upper);
  }

  @Test
  void erase_linkedUser_codeStaysTaken() {
    UserKey user = user();
    VisitorCode code = code();
    store().link(user, code);

    assertThat(store().erase(user)).isTrue();

    assertThat(store().find(user)).isEmpty();
    assertThat(store().link(user(), code)).isEqualTo(LinkResult.CODE_TAKEN);
    assertThat(store().link(user, code)).isEqualTo(LinkResult.CODE_TAKEN);
    assertThat(store().link(user, code())).isEqualTo(LinkResult.LINKED);
  }

  @Test
  void erase_unknownOrErasedUser_returnsFalse() {
    UserKey user = user();
    assertThat(store().erase(user)).isFalse();
    store().link(user, code());
    store().erase(user);

    assertThat(store().erase(user)).isFalse();
  }

  @Test
  void erase_manyUsers_eachCodeStaysTaken() {
    for (int i = 0; i < 3; i++) {
      UserKey user = user();
      VisitorCode code = code();
      store().link(user, code);
      assertThat(store().erase(user)).isTrue();
      assertThat(store().link(user(), code)).isEqualTo(LinkResult.CODE_TAKEN);
    }
  }

  @Test
  void rename_linkedUser_codeMoves() {
    UserKey from = user();
    UserKey to = user();
    VisitorCode code = code();
    store().link(from, code);

    assertThat(store().rename(from, to)).isEqualTo(RenameResult.RENAMED);

    assertThat(store().find(from)).isEmpty();
    assertThat(store().find(to)).contains(code);
    assertThat(store().link(from, code)).isEqualTo(LinkResult.CODE_TAKEN);
  }

  @Test
  void rename_unknownUser_returnsNoLink() {
    UserKey linked = user();
    store().link(linked, code());

    assertThat(store().rename(user(), user())).isEqualTo(RenameResult.NO_LINK);
    assertThat(store().rename(user(), linked)).isEqualTo(RenameResult.NO_LINK);
  }

  @Test
  void rename_targetWithLink_changesNothing() {
    UserKey from = user();
    UserKey to = user();
    VisitorCode codeOfFrom = code();
    VisitorCode codeOfTo = code();
    store().link(from, codeOfFrom);
    store().link(to, codeOfTo);

    assertThat(store().rename(from, to)).isEqualTo(RenameResult.TARGET_LINKED);

    assertThat(store().find(from)).contains(codeOfFrom);
    assertThat(store().find(to)).contains(codeOfTo);
  }

  @Test
  void rename_toItself_isRenamed() {
    UserKey user = user();
    store().link(user, code());

    assertThat(store().rename(user, user)).isEqualTo(RenameResult.RENAMED);
  }

  @RepeatedTest(ROUNDS)
  void link_oneUserWithManyCodesAtOnce_linksOneCode() throws Exception {
    UserKey user = user();
    List<VisitorCode> codes = IntStream.range(0, THREADS).mapToObj(i -> code()).toList();

    List<LinkResult> results =
        atOnce(codes.stream().map(code -> call(() -> store().link(user, code))).toList());

    assertThat(Collections.frequency(results, LinkResult.LINKED)).isEqualTo(1);
    assertThat(Collections.frequency(results, LinkResult.USER_LINKED)).isEqualTo(THREADS - 1);
    assertThat(store().find(user)).contains(codes.get(results.indexOf(LinkResult.LINKED)));
  }

  @RepeatedTest(ROUNDS)
  void link_manyUsersWithOneCodeAtOnce_linksOneUser() throws Exception {
    VisitorCode code = code();
    List<UserKey> users = IntStream.range(0, THREADS).mapToObj(i -> user()).toList();

    List<LinkResult> results =
        atOnce(users.stream().map(user -> call(() -> store().link(user, code))).toList());

    assertThat(Collections.frequency(results, LinkResult.LINKED)).isEqualTo(1);
    assertThat(Collections.frequency(results, LinkResult.CODE_TAKEN)).isEqualTo(THREADS - 1);
    assertThat(users.stream().filter(user -> store().find(user).isPresent()))
        .containsExactly(users.get(results.indexOf(LinkResult.LINKED)));
  }

  @RepeatedTest(ROUNDS)
  void rename_manyUsersToOneAtOnce_renamesOneUser() throws Exception {
    UserKey target = user();
    List<UserKey> users = IntStream.range(0, 16).mapToObj(i -> user()).toList();
    users.forEach(user -> store().link(user, code()));

    List<RenameResult> results =
        atOnce(users.stream().map(user -> call(() -> store().rename(user, target))).toList());

    assertThat(Collections.frequency(results, RenameResult.RENAMED)).isEqualTo(1);
    assertThat(Collections.frequency(results, RenameResult.TARGET_LINKED)).isEqualTo(15);
    assertThat(store().find(target)).isPresent();
  }

  @RepeatedTest(ROUNDS)
  void eraseAndLink_atOnce_linksNoCodeTwice() throws Exception {
    UserKey user = user();
    VisitorCode erased = code();
    store().link(user, erased);
    List<UserKey> others = IntStream.range(0, 16).mapToObj(i -> user()).toList();
    List<Callable<LinkResult>> calls =
        new ArrayList<>(
            others.stream().map(other -> call(() -> store().link(other, erased))).toList());
    calls.add(
        8,
        () -> {
          store().erase(user);
          return LinkResult.CODE_TAKEN;
        });

    assertThat(Set.copyOf(atOnce(calls))).containsExactly(LinkResult.CODE_TAKEN);
    assertThat(store().find(user)).isEmpty();
  }

  private static Callable<LinkResult> call(LinkCall call) {
    return call::run;
  }

  private static Callable<RenameResult> call(RenameCall call) {
    return call::run;
  }

  private interface LinkCall {
    LinkResult run();
  }

  private interface RenameCall {
    RenameResult run();
  }

  /** Runs each call on its own thread, all at the same moment. */
  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      CountDownLatch start = new CountDownLatch(calls.size());
      List<Future<T>> futures =
          calls.stream()
              .map(
                  call ->
                      threads.submit(
                          () -> {
                            start.countDown();
                            start.await();
                            return call.call();
                          }))
              .collect(Collectors.toList());
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Draws a user that no other test has. */
  protected static UserKey user() {
    return new UserKey(unique() + unique());
  }

  /** Draws a code that no other test has. */
  protected static VisitorCode code() {
    return new VisitorCode(unique());
  }

  private static String unique() {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
