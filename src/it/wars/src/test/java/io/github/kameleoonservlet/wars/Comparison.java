package io.github.kameleoonservlet.wars;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Compares two answers without the filter and one with it: status line, header fields, body. */
final class Comparison {

  /** Three answers to one request. */
  record Answers(Answer plain, Answer plainAgain, Answer filtered) {}

  private static final Pattern LINE_OR_TAG = Pattern.compile("\n|(?=<)");
  private static final int HEADERS = 0;
  private static final int BODY = 1000;

  private final Masks masks = new Masks();
  private int unstableBodies;

  void nextRequest() {
    masks.nextRequest();
  }

  /** Finds what differs between two answers that the servers without the filter gave. */
  void learn(Answer one, Answer other) {
    learnLines(HEADERS, headerLines(one, one.headers()), headerLines(other, other.headers()));
    if (isText(one) && isText(other)) {
      learnLines(BODY, lines(one), lines(other));
    }
  }

  /** Returns the differences that the filter causes, or an empty list. */
  List<String> differences(Answers answers, String target) {
    Answer plain = answers.plain;
    Answer filtered = answers.filtered;
    List<String> differences = new ArrayList<>();
    List<String> expected = headerLines(plain, plain.headers());
    List<String> actual =
        headerLines(filtered, AllowedDifferences.removedFrom(filtered, plain, target));
    if (!differsByItself(answers, expected)) {
      compare(expected, actual, HEADERS, differences);
    }
    compareBodies(answers, differences);
    return differences;
  }

  /** Returns how many bodies had another number of lines in each run without the filter. */
  int unstableBodies() {
    return unstableBodies;
  }

  int masks() {
    return masks.size();
  }

  private boolean differsByItself(Answers answers, List<String> expected) {
    return expected.size() != headerLines(answers.plainAgain, answers.plainAgain.headers()).size();
  }

  private void compareBodies(Answers answers, List<String> differences) {
    Answer plain = answers.plain;
    if (Arrays.equals(plain.body(), answers.filtered.body())) {
      return;
    }
    if (!isText(plain)) {
      if (Arrays.equals(plain.body(), answers.plainAgain.body())) {
        differences.add(
            "body: other bytes, " + plain.body().length + " and " + answers.filtered.body().length);
      } else {
        unstableBodies++;
      }
    } else if (lines(plain).size() != lines(answers.plainAgain).size()) {
      unstableBodies++;
    } else {
      compare(lines(plain), lines(answers.filtered), BODY, differences);
    }
  }

  private void compare(
      List<String> plain, List<String> filtered, int offset, List<String> differences) {
    for (int i = 0; i < Math.max(plain.size(), filtered.size()); i++) {
      String one = i < plain.size() ? plain.get(i) : "(no line)";
      String other = i < filtered.size() ? filtered.get(i) : "(no line)";
      if (!one.equals(other) && !masks.hides(offset + i, one, other)) {
        differences.add(
            (offset == BODY ? "body" : "headers")
                + ":\n    without <"
                + shortened(one, other)
                + ">\n    with    <"
                + shortened(other, one)
                + ">");
        if (plain.size() != filtered.size()) {
          differences.add(
              "all of it: "
                  + (offset == BODY
                      ? plain.size() + " and " + filtered.size() + " parts"
                      : plain + " and " + filtered));
          return;
        }
      }
    }
  }

  private void learnLines(int offset, List<String> one, List<String> other) {
    for (int i = 0; one.size() == other.size() && i < one.size(); i++) {
      masks.learn(offset + i, one.get(i), other.get(i));
    }
  }

  private static boolean isText(Answer answer) {
    return answer
            .header("Content-Type")
            .matches("(?i)(text/|application/(xhtml|xml|json|javascript|rss|atom)).*")
        || answer.header("Content-Type").isEmpty();
  }

  private static List<String> headerLines(Answer answer, List<Header> headers) {
    List<String> lines = new ArrayList<>();
    lines.add(answer.statusLine());
    headers.stream()
        .sorted(Comparator.comparing(Header::name))
        .forEach(h -> lines.add(h.toString()));
    return lines;
  }

  private static List<String> lines(Answer answer) {
    return Arrays.asList(LINE_OR_TAG.split(answer.text(), -1));
  }

  /** Returns the text around the first difference. */
  private static String shortened(String text, String other) {
    int first = 0;
    while (first < Math.min(text.length(), other.length())
        && text.charAt(first) == other.charAt(first)) {
      first++;
    }
    int from = Math.max(0, first - 60);
    return text.substring(from, Math.min(text.length(), from + 200));
  }
}
