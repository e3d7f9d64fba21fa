package io.github.kameleoonservlet.internal.source;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parser of the forms {@code session:…} and {@code request:…} of a setting. */
public final class AttributePath {

  /** The forms, for messages. */
  public static final String FORMS =
      "session:<attribute>[.<property>...], request:<attribute>[.<property>...]";

  private AttributePath() {}

  /** Returns the text after the colon. */
  public static String of(String text) {
    return text.substring(text.indexOf(':') + 1);
  }

  /**
   * Returns a function that reads the value from a request; null if the text has another form. The
   * function creates no session, and throws {@link UnreadableUserException} if the property does
   * not exist.
   */
  public static @Nullable Function<HttpServletRequest, @Nullable Object> reader(String text) {
    boolean session = text.startsWith("session:");
    if (!(session || text.startsWith("request:"))) {
      return null;
    }
    String path = of(text);
    if (!consistsOfNames(path)) {
      return null;
    }
    return session
        ? request -> PropertyPath.read(sessionAttributes(request), path)
        : request -> PropertyPath.read(request::getAttribute, path);
  }

  private static boolean consistsOfNames(String path) {
    return Arrays.stream(path.split("\\.", -1))
        .noneMatch(name -> name.isEmpty() || !name.equals(name.strip()));
  }

  private static Function<String, @Nullable Object> sessionAttributes(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return name -> session == null ? null : session.getAttribute(name);
  }
}
