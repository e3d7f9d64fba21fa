package io.github.kameleoonservlet.wars;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Compares two answers without the filter and one with it: status line, header fields, body. */
final class Comparison {

  /** Three answers to one request. */
  record Answers(Answer plain, Answer plainAgain, Answer filtered) {}

  private static final Pattern LINE_OR_TAG = Pattern.compile("\n|(?=<)");
  private static final String NOTHING = "(nothing)";

  private final Masks masks = new Masks();

  /** The targets whose bodies have masked values, which can have another length for each answer. */
  private final Set<String> varying = new HashSet<>();

  /** The lines of the bodies of one request, which are read several times. */
  private final IdentityHashMap<Answer, List<String>> lines = new IdentityHashMap<>();

  void nextRequest() {
    masks.nextRequest();
    lines.clear();
  }

  /** Finds what differs between two answers that the servers without the filter gave. */
  void learn(Answer one, Answer other) {
    learn(head(one, one.headers()), head(other, other.headers()));
    if (isText(one)
        && isText(other)
        && !Arrays.equals(one.body(), other.body())
        && lines(one).size() == lines(other).size()) {
      learn(body(one), body(other));
    }
  }

  private void learn(Map<String, String> one, Map<String, String> other) {
    one.forEach((place, line) -> masks.learn(place, line, other.getOrDefault(place, line)));
  }

  /** Returns the differences that the filter causes, or an empty list. */
  List<String> differences(Answers answers, String target) {
    Answer plain = answers.plain;
    Answer filtered = answers.filtered;
    List<String> bodies = bodyDifferences(answers);
    if (bodies.isEmpty() && !Arrays.equals(plain.body(), filtered.body())) {
      varying.add(target);
    }
    Map<String, String> expected = head(plain, plain.headers());
    Map<String, String> actual =
        head(filtered, AllowedDifferences.removedFrom(filtered, plain, target));
    // A field that only one of the servers without the filter sends.
    Set<String> again = head(answers.plainAgain, answers.plainAgain.headers()).keySet();
    Set<String> byChance = new HashSet<>(expected.keySet());
    byChance.addAll(again);
    byChance.removeIf(place -> expected.containsKey(place) && again.contains(place));
    if (varying.contains(target)) {
      byChance.add("content-length 1");
    }
    expected.keySet().removeAll(byChance);
    actual.keySet().removeAll(byChance);
    List<String> differences = new ArrayList<>();
    compare(expected, actual, differences);
    differences.addAll(bodies);
    return differences;
  }

  /**
   * Returns whether the servers without the filter sent bodies that cannot be compared: another
   * number of lines, or other bytes of an image.
   */
  boolean isUnstable(Answers answers) {
    Answer plain = answers.plain;
    Answer again = answers.plainAgain;
    return !Arrays.equals(plain.body(), again.body())
        && (!isText(plain) || lines(plain).size() != lines(again).size());
  }

  int masks() {
    return masks.size();
  }

  private List<String> bodyDifferences(Answers answers) {
    Answer plain = answers.plain;
    Answer filtered = answers.filtered;
    if (Arrays.equals(plain.body(), filtered.body()) || isUnstable(answers)) {
      return List.of();
    }
    if (!isText(plain)) {
      return List.of(
          "body: other bytes, " + plain.body().length + " and " + filtered.body().length);
    }
    List<String> differences = new ArrayList<>();
    compare(body(plain), body(filtered), differences);
    return differences;
  }

  private void compare(
      Map<String, String> plain, Map<String, String> filtered, List<String> differences) {
    Set<String> places = new LinkedHashSet<>(plain.keySet());
    places.addAll(filtered.keySet());
    for (String place : places) {
      String one = plain.getOrDefault(place, NOTHING);
      String other = filtered.getOrDefault(place, NOTHING);
      boolean both = plain.containsKey(place) && filtered.containsKey(place);
      if (!both || !(one.equals(other) || masks.hides(place, one, other))) {
        differences.add(
            place
                + ":\n    without <"
                + shortened(one, other)
                + ">\n    with    <"
                + shortened(other, one)
                + ">");
        if (plain.size() != filtered.size()) {
          differences.add("of " + plain.size() + " and " + filtered.size() + " parts");
          return;
        }
      }
    }
  }

  private static boolean isText(Answer answer) {
    return answer
            .header("Content-Type")
            .matches("(?i)(text/|application/(xhtml|xml|json|javascript|rss|atom)).*")
        || answer.header("Content-Type").isEmpty();
  }

  /** Returns the status line and the fields, each with its name and its number. */
  private static Map<String, String> head(Answer answer, List<Header> headers) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("status line", answer.statusLine());
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      String line = isNow(header, answer) ? header.name() + ": (now)" : header.toString();
      int number = 1;
      while (head.putIfAbsent(name + " " + number, line) != null) {
        number++;
      }
    }
    return head;
  }

  /** Returns whether a field is the date of the answer, give or take a minute. */
  private static boolean isNow(Header header, Answer answer) {
    try {
      DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME;
      var date = ZonedDateTime.parse(header.value(), format);
      var now = ZonedDateTime.parse(answer.header("Date"), format);
      return Duration.between(date, now).abs().toMinutes() < 1;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private Map<String, String> body(Answer answer) {
    Map<String, String> body = new LinkedHashMap<>();
    lines(answer).forEach(line -> body.put("body " + body.size(), line));
    return body;
  }

  private List<String> lines(Answer answer) {
    return lines.computeIfAbsent(answer, a -> Arrays.asList(LINE_OR_TAG.split(a.text(), -1)));
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
