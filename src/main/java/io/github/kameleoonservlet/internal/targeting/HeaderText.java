package io.github.kameleoonservlet.internal.targeting;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The repair of characters in request lines and headers. */
public final class HeaderText {

  private static final char LAST_OF_ASCII = 0x7f;
  private static final char LAST_OF_LATIN_1 = 0xff;

  private HeaderText() {}

  /**
   * Returns the text that the client sent. Containers decode bytes of UTF-8 as ISO 8859-1, which
   * loses no byte. A text whose bytes are not UTF-8 is returned unchanged.
   */
  public static String sent(String decoded) {
    boolean ascii = true;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c > LAST_OF_LATIN_1) {
        return decoded;
      }
      ascii &= c <= LAST_OF_ASCII;
    }
    if (ascii) {
      return decoded;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return decoded;
    }
  }
}
