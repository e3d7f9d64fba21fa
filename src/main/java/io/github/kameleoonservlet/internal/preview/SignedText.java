package io.github.kameleoonservlet.internal.preview;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A text with its signature, for links and cookies: {@code 1.<text in Base64>.<HMAC-SHA-256 in
 * Base64>} (RFC 2104; RFC 4648 section 5). The {@code 1} is the version of the form. The signature
 * covers the characters in front of it as they are sent, so that each text has one signed form.
 *
 * <p>Each purpose has a key of its own, which is derived from the secret: a link is no cookie.
 * Immutable and thread-safe.
 */
final class SignedText {

  private static final String HMAC = "HmacSHA256";
  private static final String VERSION = "1.";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;

  /**
   * Creates a signer.
   *
   * @param secret the secret of the setting
   * @param purpose the purpose of the signed texts
   */
  SignedText(String secret, String purpose) {
    byte[] derived =
        hmac(new SecretKeySpec(secret.getBytes(UTF_8), HMAC), "kameleoon-servlet " + purpose);
    this.key = new SecretKeySpec(derived, HMAC);
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Returns the signed form of a text: letters, digits, {@code -}, {@code _} and dots. */
  String write(String text) {
    String signed = VERSION + ENCODER.encodeToString(text.getBytes(UTF_8));
    return signed + "." + signature(signed);
  }

  private String signature(String signed) {
    return ENCODER.encodeToString(hmac(key, signed));
  }

  /**
   * Returns the text of a signed form; null if this key has not signed it. Compares the signature
   * in constant time, and decodes only what is signed. Check the length first.
   */
  @Nullable String read(String value) {
    int dot = value.lastIndexOf('.');
    if (!value.startsWith(VERSION) || dot < VERSION.length()) {
      return null;
    }
    String signed = value.substring(0, dot);
    byte[] expected = signature(signed).getBytes(US_ASCII);
    if (!MessageDigest.isEqual(expected, value.substring(dot + 1).getBytes(UTF_8))) {
      return null;
    }
    return new String(Base64.getUrlDecoder().decode(signed.substring(VERSION.length())), UTF_8);
  }
}
