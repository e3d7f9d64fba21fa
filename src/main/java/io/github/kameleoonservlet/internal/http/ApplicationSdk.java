package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detection of code of the application that calls Kameleoon's SDK, or writes the visitor cookie
 * by itself. Logs one line for each of both. Thread-safe.
 *
 * <p>{@code getVisitorCode(request, response)} of SDK 4.5.0 returns the first visitor code of the
 * response's {@code Set-Cookie} headers, and then writes no cookie. The SDK is recognized by its
 * frame in the stack, because other code also reads these headers, and must not see a code that no
 * browser has yet.
 */
public final class ApplicationSdk {

  private static final String PACKAGE = "com.kameleoon.";

  /**
   * The depth at which the SDK is looked for. Without other wrappers the SDK is the fourth frame. A
   * wrapper of another filter adds one or two frames, so that six wrappers or more have room. The
   * JVM reads the frames in batches: 6 frames take 1.5 µs, 16 take 3.8 µs, 20 or 32 take 7 µs or
   * more (JDK 17).
   */
  private static final int MOST_FRAMES = 16;

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationSdk.class);

  private final FirstOccurrences logged = new FirstOccurrences();
  private volatile boolean found;

  /**
   * Returns whether Kameleoon's SDK is the caller, and reads a certain header.
   *
   * @param header the header of cookies that concerns the SDK
   * @param name the header that the caller reads
   */
  public static boolean reads(String header, String name) {
    return header.equalsIgnoreCase(name) && isCalling();
  }

  private static boolean isCalling() {
    return STACK.walk(
        frames ->
            frames.limit(MOST_FRAMES).anyMatch(frame -> frame.getClassName().startsWith(PACKAGE)));
  }

  /** Returns whether code of the application has called the SDK, or written a visitor cookie. */
  public boolean isFound() {
    return found;
  }

  /** Notes a call of {@code getVisitorCode(request, response)}. */
  public void called() {
    found = true;
    if (logged.isFirst("called")) {
      LOG.info(
          "The application calls getVisitorCode(request, response) of Kameleoon's SDK. The call"
              + " returns the visitor code of this library, and the SDK writes no cookie. Logged"
              + " once.");
    }
  }

  /** Notes a visitor cookie of the application. */
  public void droppedCookie() {
    found = true;
    if (logged.isFirst("cookie")) {
      LOG.warn(
          "The application writes a cookie {}, which this library drops, because the library writes"
              + " the visitor's cookie. Remove the code that writes the cookie. If it is a call of"
              + " setLegalConsent(code, consent, response), report the answer by POST /consent or by a"
              + " ConsentResolver. Logged once.",
          RequestCookies.VISITOR_CODE);
    }
  }
}
