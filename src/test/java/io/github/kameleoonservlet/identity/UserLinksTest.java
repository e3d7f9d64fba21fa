package io.github.kameleoonservlet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
  private final VisitorCodeStore store = counted(new InMemoryVisitorCodeStore());
  private final VisitorResolver resolver =
      new VisitorResolver(
          new Reconciler(() -> VisitorCode.draw(new SecureRandom())), new UserLinks(store));

  private VisitorCodeStore counted(VisitorCodeStore target) {
    return (VisitorCodeStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {VisitorCodeStore.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Reconciliation resolve(UserKeys keys, boolean passive) {
    return resolver.resolve(
        new Claims(keys.caller("user-1"), null, List.of(CODE), Consent.GIVEN, passive));
  }

  @Test
  void resolve_firstSignInWithSecret_makesAsManyCallsAsWithout() {
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
