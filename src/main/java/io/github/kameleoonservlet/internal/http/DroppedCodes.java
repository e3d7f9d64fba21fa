package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A counter of the browsers whose code Kameleoon's SDKs accept and {@link VisitorCode} does not
 * accept, because a roll-out would replace all these codes. Logs one WARN, at the {@value
 * #ENOUGH}th browser. Keeps hashes of codes and addresses until the WARN. Thread-safe.
 */
public final class DroppedCodes {

  /** The number of browsers that cause the WARN. */
  static final int ENOUGH = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DroppedCodes.class);

  /**
   * The texts that the SDKs accept (255 characters) and a cookie can contain (RFC 6265,
   * cookie-octet), without markup.
   */
  private static final Pattern POPULATION = Pattern.compile("[!-~&&[^\",;\\\\<>]]{1,255}");

  private static final Pattern DIGIT_OR_LETTER = Pattern.compile("[A-Za-z0-9]");

  private final Set<Integer> browsers = new HashSet<>();
  private final Set<Integer> addresses = new HashSet<>();
  private int tooLong;
  private volatile boolean logged;

  /** Notes the visitor cookies of a request if none of them is a valid code. */
  public void note(IncomingRequest request) {
    String text = request.cookies().invalidVisitor();
    if (text != null && !logged && plausible(text)) {
      // The address of the client or of a proxy.
      count(text, String.valueOf(request.servletRequest().getRemoteAddr()));
    }
  }

  /**
   * Returns whether the text looks like a code of an SDK. A scanner's text has few letters; a word
   * such as {@code null} becomes a valid code when a letter is put before it.
   */
  private static boolean plausible(String text) {
    return POPULATION.matcher(text).matches()
        && !isWord(text)
        && DIGIT_OR_LETTER.matcher(text).results().count() * 2 >= text.length();
  }

  private static boolean isWord(String text) {
    return VisitorCode.parse("x" + text).isPresent();
  }

  private synchronized void count(String text, String address) {
    if (logged || !browsers.add(text.hashCode())) {
      return;
    }
    addresses.add(address.hashCode());
    if (text.length() > VisitorCode.MAX_LENGTH) {
      tooLong++;
    }
    if (browsers.size() < ENOUGH) {
      return;
    }
    logged = true;
    LOG.warn(
        "{} browsers have sent a visitor code that this library does not accept: {} longer than {}"
            + " characters, {} with other characters than {}. The requests came from {} address(es); one"
            + " address is a proxy or a single client. The library replaces each such code, and"
            + " Kameleoon counts a new visitor. Read \"Valid codes\" in docs/operations.md before you continue the"
            + " roll-out. Logged once.",
        browsers.size(),
        tooLong,
        VisitorCode.MAX_LENGTH,
        browsers.size() - tooLong,
        VisitorCode.CHARACTERS,
        addresses.size());
    browsers.clear();
    addresses.clear();
  }
}
