package io.github.kameleoonservlet.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.UserKey;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeysTest {

  private final UserKeys plain = new UserKeys(Set.of("anonymous", "guest"), null, null);

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t", "anonymous", "guest", "Guest", "ANONYMOUS"})
  void caller_noUser_isAnonymous(String id) {
    assertThat(plain.caller(id)).isEqualTo(Caller.anonymous());
  }

  @Test
  void caller_withoutSecret_isSha256OfId() {
    // printf abc | sha256sum: FIPS 180-2, appendix B.1
    assertThat(plain.caller("abc"))
        .isEqualTo(
            Caller.known(
                new UserKey("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
  }

  @Test
  void caller_withSecret_isHmacOfId() {
    UserKeys keys = new UserKeys(Set.of(), "Jefe", null);
    // RFC 4231, section 4.3
    assertThat(keys.caller("what do ya want for nothing?").key())
        .isEqualTo(new UserKey("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }

  @Test
  void caller_withPreviousSecret_hasBothKeys() {
    Caller caller = new UserKeys(Set.of(), "new", "old").caller("user-1");

    assertThat(caller.key()).isEqualTo(new UserKeys(Set.of(), "new", null).caller("user-1").key());
    assertThat(caller.previousKey())
        .isEqualTo(new UserKeys(Set.of(), "old", null).caller("user-1").key())
        .isNotEqualTo(caller.key());
  }

  @Test
  void caller_similarIds_haveDifferentKeys() {
    assertThat(
            java.util.stream.Stream.of("user-1", "User-1", "user-1 ", " user-1", "usér-1", "guest ")
                .map(id -> plain.caller(id).key())
                .distinct())
        .hasSize(6)
        .doesNotContainNull();
  }

  @Test
  void caller_idWithInvalidCharacters_isRefused() {
    assertThatThrownBy(() -> plain.caller("bob\uD800"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(plain.caller("b\uD83D\uDE00b").key()).isNotNull();
  }

  @Test
  void constructor_invalidForm_isRefused() {
    assertThatThrownBy(() -> new UserKey("user-1")).isInstanceOf(IllegalArgumentException.class);
    assertThat(plain.caller("abc").key().toString()).doesNotContain("ba7816bf");
  }

  @Test
  void userKey_sameText_isEqualAndHidesText() {
    UserKey key = new UserKey("0".repeat(64));

    assertThat(key).isEqualTo(new UserKey("0".repeat(64)));
    assertThat(key).hasSameHashCodeAs(new UserKey("0".repeat(64)));
    assertThat(key).isNotEqualTo(new UserKey("1".repeat(64))).isNotEqualTo("0".repeat(64));
    assertThat(key).doesNotHaveSameHashCodeAs(new UserKey("1".repeat(64)));
    assertThat(key).hasToString("UserKey[hidden]");
  }
}
