package io.github.kameleoonservlet.wars;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What differs between two runs without the filter: session ids, tokens, times, counters.
 *
 * <p>A mask is a line with gaps. Two lines of the runs without the filter make a mask, and nothing
 * else does. A mask with little fixed text counts only at its place in the answer in which it was
 * found.
 */
final class Masks {

  private static final List<String> VALUES =
      List.of(
          // A time of the day.
          "\\d{1,2}:\\d\\d:\\d\\d",
          // Bytes in Base64, and in the Base64 of URLs. The second has no mark at its end.
          "[A-Za-z0-9+/]{16,}={1,2}",
          "[\\w-]{16,}",
          // A word, or a number with its sign.
          "-?\\w+");
  private static final Pattern WORD =
      Pattern.compile(String.join("|", VALUES) + "|\\W", Pattern.DOTALL);
  private static final int ENOUGH_FIXED_TEXT = 8;

  private final List<Pattern> everywhere = new ArrayList<>();
  private final Map<String, List<Pattern>> here = new HashMap<>();

  /** Begins with another request: forgets the masks that count for one answer only. */
  void nextRequest() {
    here.clear();
  }

  /**
   * Makes a mask of two lines that servers without the filter sent.
   *
   * @param place the part of the answer: the status line, a header field, a line of the body
   */
  void learn(String place, String one, String other) {
    if (one.equals(other) || hides(place, one, other)) {
      return;
    }
    var mask = new StringBuilder();
    int fixed = mask(one, other, mask);
    var pattern = Pattern.compile(mask.toString(), Pattern.DOTALL);
    (fixed < ENOUGH_FIXED_TEXT ? here.computeIfAbsent(place, p -> new ArrayList<>()) : everywhere)
        .add(pattern);
  }

  /** Returns whether one mask fits both lines. */
  boolean hides(String place, String one, String other) {
    return Stream.concat(here.getOrDefault(place, List.of()).stream(), everywhere.stream())
        .anyMatch(p -> p.matcher(one).matches() && p.matcher(other).matches());
  }

  int size() {
    return everywhere.size();
  }

  /** Writes the mask as an expression, and returns the number of fixed letters and digits. */
  private static int mask(String one, String other, StringBuilder mask) {
    List<String> words = words(one);
    List<String> others = words(other);
    if (words.size() != others.size()) {
      return maskMiddle(one, other, mask);
    }
    int fixed = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String gap = gap(word);
      if (word.equals(others.get(i))) {
        mask.append(Pattern.quote(word));
        fixed += gap.isEmpty() ? 0 : word.length();
      } else if (!gap.isEmpty() && gap.equals(gap(others.get(i)))) {
        mask.append(gap);
      } else {
        mask.setLength(0);
        return maskMiddle(one, other, mask);
      }
    }
    return fixed;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }

  /** Returns the expression for all values of this kind, or an empty text if it is no value. */
  private static String gap(String word) {
    return VALUES.stream().filter(word::matches).findFirst().orElse("");
  }

  private static int maskMiddle(String one, String other, StringBuilder mask) {
    int shorter = Math.min(one.length(), other.length());
    int start = 0;
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    // Two random values can begin or end with the same letters: the gap is the whole value.
    while (start > 0 && isPartOfValue(one.charAt(start - 1))) {
      start--;
    }
    while (end > 0 && isPartOfValue(one.charAt(one.length() - end))) {
      end--;
    }
    String head = one.substring(0, start);
    String tail = one.substring(one.length() - end);
    mask.append(quoted(head)).append(".*").append(quoted(tail));
    return (int) (head + tail).chars().filter(Character::isLetterOrDigit).count();
  }

  private static boolean isPartOfValue(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static String quoted(CharSequence text) {
    return text.length() == 0 ? "" : Pattern.quote(text.toString());
  }
}
