package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the browsers whose code Kameleoon's SDKs take and {@link VisitorCode} does not: at a
 * roll-out a whole population of such codes would be replaced. One WARN, at the {@value #ENOUGH}th
 * browser. Keeps hashes only, no code and no address, and nothing after the WARN. Thread-safe.
 */
final class DroppedCodes {

  /** How many browsers make a population. */
  static final int ENOUGH = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DroppedCodes.class);

  /** What the SDKs take (255) and a cookie can hold (RFC 6265, cookie-octet), without markup. */
  private static final Pattern POPULATION = Pattern.compile("[!-~&&[^\",;\\\\<>]]{1,255}");

  private static final Pattern DIGIT_OR_LETTER = Pattern.compile("[A-Za-z0-9]");

  private final Set<Integer> browsers = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private int tooLong;
  private volatile boolean said;

  /**
   * Notes a text that is no code: the first one of a request, so that one request counts once.
   *
   * @param address of the client, or of a proxy
   */
  void note(String text, String address) {
    if (said || !plausible(text)) {
      return;
    }
    count(text, address);
  }

  /** A scanner's text has few letters; a word for no value is valid with a letter before it. */
  private static boolean plausible(String text) {
    return POPULATION.matcher(text).matches()
        && !isWord(text)
        && DIGIT_OR_LETTER.matcher(text).results().count() * 2 >= text.length();
  }

  private static boolean isWord(String text) {
    return text.length() < VisitorCode.MAX_LENGTH && VisitorCode.parse("x" + text).isPresent();
  }

  private synchronized void count(String text, String address) {
    if (said || !browsers.add(text.hashCode())) {
      return;
    }
    addresses.add(address);
    if (text.length() > VisitorCode.MAX_LENGTH) {
      tooLong++;
    }
    if (browsers.size() < ENOUGH) {
      return;
    }
    said = true;
    LOG.warn(
        "{} browsers have sent a visitor code that this library does not accept: {} longer than {}"
            + " characters, {} with other characters than {}. They came from {} address(es); one"
            + " address is a proxy or a single client. Each such code is replaced by a new one, and"
            + " Kameleoon counts a new visitor. Read \"Codes\" in the README before you continue the"
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
