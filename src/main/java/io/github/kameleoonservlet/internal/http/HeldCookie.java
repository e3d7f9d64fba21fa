package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * The visitor cookie of one response: its {@code Set-Cookie} lines, held back or written. Not
 * thread-safe, like every response.
 */
final class HeldCookie {

  static final String HEADER = "Set-Cookie";

  static final String NAME_IN_LINE = RequestCookies.VISITOR_CODE + "=";

  private HttpServletResponse response;
  private List<String> held = List.of();
  private List<String> written = List.of();
  private boolean writing;
  private Runnable whenWritten = HeldCookie::nothing;

  HeldCookie(HttpServletResponse response) {
    this.response = response;
  }

  /** Continues with another response, which has no headers of this library yet. */
  void moveTo(HttpServletResponse next) {
    response = next;
  }

  /**
   * Holds lines back.
   *
   * @param task runs when the lines are released
   */
  void hold(List<String> lines, Runnable task) {
    held = lines;
    whenWritten = task;
  }

  /** Returns the lines that are held back; empty if there are none. */
  List<String> held() {
    return held;
  }

  boolean isWritten() {
    return !written.isEmpty();
  }

  /** Writes lines in place of those that are written or held back. */
  void write(List<String> lines) {
    held = List.of();
    written = lines;
    restore();
  }

  /** Writes the lines once more if they were written: something may have removed them. */
  void restore() {
    if (isWritten()) {
      writing = true;
      try {
        HeaderLines.replace(response, HEADER, NAME_IN_LINE, written);
      } finally {
        writing = false;
      }
    }
  }

  /** Returns whether the library is writing the lines, which may pass the library's wrapper. */
  boolean isBeingWritten() {
    return writing;
  }

  /** Returns whether a line repeats the name and the value of a written line. */
  boolean isRepeatedBy(String line) {
    String cookie = withoutAttributes(line);
    return written.stream().anyMatch(own -> withoutAttributes(own).equals(cookie));
  }

  private static String withoutAttributes(String line) {
    int end = line.indexOf(';');
    return end < 0 ? line : line.substring(0, end);
  }

  /** Returns whether the container has taken the lines. */
  boolean hasArrived() {
    return HeaderLines.has(response, HEADER, NAME_IN_LINE);
  }

  /** Holds lines back again, because the container has ignored them. */
  void retract(List<String> lines) {
    held = lines;
    written = List.of();
  }

  /** Runs the task of the lines that were held back. */
  void reportWritten() {
    whenWritten.run();
  }

  private static void nothing() {}
}
