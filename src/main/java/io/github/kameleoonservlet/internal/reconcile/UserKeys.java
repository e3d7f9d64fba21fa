package io.github.kameleoonservlet.internal.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.identity.UserKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The derivation of keys from the application's user ids: SHA-256 of the id in UTF-8, or
 * HMAC-SHA-256 (RFC 2104) if a secret is set. Ids compare exactly: case, accents and blanks count.
 * Only the comparison with {@code notUsers} ignores case.
 *
 * <p>Immutable and thread-safe.
 */
public final class UserKeys {

  private static final String HMAC = "HmacSHA256";

  private final Set<String> notUsers;
  private final @Nullable String secret;
  private final @Nullable String previousSecret;

  /**
   * Creates the keys of one configuration.
   *
   * @param notUsers ids of callers who are not signed in, in upper or lower case
   * @param secret the secret of the keys, or null for plain SHA-256
   * @param previousSecret the secret of the keys before the last change of {@code secret}; null if
   *     there was none, which is plain SHA-256
   */
  public UserKeys(
      Collection<String> notUsers, @Nullable String secret, @Nullable String previousSecret) {
    this.notUsers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.notUsers.addAll(notUsers);
    this.secret = secret;
    this.previousSecret = previousSecret;
  }

  /**
   * Returns the caller with an id. Null, a blank id and an id of {@code notUsers} are anonymous.
   *
   * @throws IllegalArgumentException if the id contains an unpaired surrogate
   */
  public Caller caller(@Nullable String userId) {
    if (userId == null || userId.isBlank() || notUsers.contains(userId)) {
      return Caller.anonymous();
    }
    return Caller.known(key(userId, secret), secret == null ? null : key(userId, previousSecret));
  }

  /**
   * Encodes strictly: getBytes() would turn all unpaired surrogates into "?", and two users into
   * one.
   */
  private static byte[] bytes(String userId) {
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(userId));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a user id contains an unpaired surrogate, which is invalid Unicode");
    }
  }

  private static UserKey key(String userId, @Nullable String secret) {
    try {
      byte[] id = bytes(userId);
      if (secret == null) {
        return new UserKey(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id)));
      }
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
      return new UserKey(HexFormat.of().formatHex(mac.doFinal(id)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256 and HmacSHA256", e);
    }
  }
}
