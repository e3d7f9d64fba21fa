package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reader of JSON (RFC 8259), because the JDK has none. Objects become maps, and arrays become
 * lists. All other values become their text. Not thread-safe.
 */
final class JsonText {

  /** More than any data file has. Values are read by recursion. */
  private static final int DEEPEST = 500;

  private static final Pattern BLANKS = Pattern.compile("[ \t\r\n]*+");
  private static final Pattern STRING =
      Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1F]|\\\\(?:[\"\\\\/bfnrt]|u[0-9A-Fa-f]{4}))*+\"");
  private static final Pattern OTHER =
      Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if the text is no JSON; the message names the place
   */
  static Object parse(String text) {
    JsonText json = new JsonText(text);
    Object value = json.value();
    json.next(BLANKS);
    if (json.at < text.length()) {
      throw json.fault();
    }
    return value;
  }

  private Object value() {
    if (++depth > DEEPEST) {
      throw fault();
    }
    next(BLANKS);
    Object value;
    if (skip('{')) {
      value = object();
    } else if (skip('[')) {
      value = array();
    } else {
      String found = next(STRING);
      found = found == null ? next(OTHER) : found;
      if (found == null) {
        throw fault();
      }
      value = found;
    }
    depth--;
    return value;
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    next(BLANKS);
    if (skip('}')) {
      return members;
    }
    do {
      next(BLANKS);
      String name = next(STRING);
      next(BLANKS);
      if (name == null || !skip(':')) {
        throw fault();
      }
      members.put(name.substring(1, name.length() - 1), value());
      next(BLANKS);
    } while (skip(','));
    require('}');
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    next(BLANKS);
    if (skip(']')) {
      return elements;
    }
    do {
      elements.add(value());
      next(BLANKS);
    } while (skip(','));
    require(']');
    return elements;
  }

  /** Returns the text that matches, and goes on behind the text. Null without a match. */
  private @Nullable String next(Pattern pattern) {
    Matcher found = pattern.matcher(text).region(at, text.length());
    if (!found.lookingAt()) {
      return null;
    }
    at = found.end();
    return found.group();
  }

  private boolean skip(char expected) {
    boolean found = at < text.length() && text.charAt(at) == expected;
    at += found ? 1 : 0;
    return found;
  }

  private void require(char expected) {
    if (!skip(expected)) {
      throw fault();
    }
  }

  private IllegalArgumentException fault() {
    String before = text.substring(0, at);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return new IllegalArgumentException(
        "line " + line + ", column " + (at - before.lastIndexOf('\n')));
  }
}
