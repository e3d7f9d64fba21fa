package io.github.kameleoonservlet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the syntax of codes and keys with the regular expressions that define the syntax. */
class CodeAndKeySyntaxTest {

  private static final int TEXTS = 20_000;

  /** The first and the last character of each range, and their neighbours. */
  private static final String EDGES = "azAZ09afgF`{@[/:._~|+-! \u00e4";

  private final Random random = new Random(20_261_129);

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      // The characters are mostly valid, so that long texts are valid sometimes.
      int bound = random.nextInt(8) == 0 ? EDGES.length() : 9;
      text.append(EDGES.charAt(random.nextInt(bound)));
    }
    return text.toString();
  }

  @Test
  void visitorCode_randomText_isAcceptedIfFormMatches() {
    Pattern form = Pattern.compile(VisitorCode.PATTERN);
    int valid = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random.nextInt(4) == 0 ? 98 + random.nextInt(6) : random.nextInt(8));
      boolean expected = form.matcher(text).matches();
      valid += expected ? 1 : 0;
      assertThat(VisitorCode.parse(text).isPresent()).as(text).isEqualTo(expected);
    }
    assertThat(valid).isBetween(TEXTS / 10, TEXTS - TEXTS / 10);
  }

  @Test
  void userKey_randomText_isAcceptedIfFormMatches() {
    for (int length = 63; length <= 65; length++) {
      for (char edge : EDGES.toCharArray()) {
        String text = edge + "a".repeat(length - 2) + "0";
        if (text.matches("[0-9a-f]{64}")) {
          assertThatCode(() -> new UserKey(text)).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> new UserKey(text)).isInstanceOf(IllegalArgumentException.class);
        }
      }
    }
  }

  @Test
  void random_manyCodes_useEachCharacterEquallyOften() {
    SecureRandom generator = new SecureRandom();
    int[] counts = new int[128];
    for (int i = 0; i < 20_000; i++) {
      VisitorCode.random(generator).value().chars().forEach(c -> counts[c]++);
    }
    for (char c : "abcdefghijklmnopqrstuvwxyz0123456789".toCharArray()) {
      // The average is 8,889, with a standard deviation of 93.
      assertThat(counts[c]).as("%s", c).isBetween(8_000, 9_800);
    }
  }
}
