package io.github.kameleoonservlet.internal.preview;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.internal.statistics.PreviewCounts.Cause;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cookie by which Kameleoon's Simulation Panel shows variations: JSON as {@code
 * {"<feature>":{"expId":10,"varId":20}}}, encoded as {@code encodeURIComponent} does. An {@code
 * expId} of 0 means the feature's default variation.
 *
 * <p>This class does not use Jakarta JSON, whose provider may be missing. It reads two levels of
 * objects and no more, so that no text can exhaust the stack. Pure functions.
 */
public final class SimulationCookie {

  /** The name of the cookie. */
  public static final String NAME = "kameleoonSimulationFFData";

  /** The maximum length: browsers refuse a longer cookie. */
  static final int MAX_LENGTH = 4_096;

  /** A string without an escape, which no key of a feature needs. */
  private static final String STRING = "\"([^\"\\\\\\x00-\\x1f]*+)\"";

  private static final Pattern KEY = Pattern.compile("\\s*+" + STRING + "\\s*+:");
  private static final Pattern NUMBER = Pattern.compile("\\s*+(-?[0-9]{1,9})(?=[\\s,}])");
  private static final Pattern OTHER =
      Pattern.compile("\\s*+([0-9.eE+-]++|true|false|null|" + STRING + ")");
  private static final Pattern OPENING = Pattern.compile("\\s*+\\{");
  private static final Pattern CLOSING = Pattern.compile("\\s*+}");
  private static final Pattern COMMA = Pattern.compile("\\s*+,");
  private static final Pattern END = Pattern.compile("\\s*+\\z");

  private final String text;
  private int at;
  private String found = "";

  private SimulationCookie(String text) {
    this.text = text;
  }

  /**
   * A variation that the cookie names by its ids.
   *
   * @param experimentId the id of the experiment; 0 for the feature's default variation
   * @param variationId the id of the variation; 0 if the cookie has none
   */
  public record Simulated(int experimentId, int variationId) {}

  /**
   * Returns the variations of a cookie by feature key, in the order of the cookie.
   *
   * @throws RefusedPreviewException if the text is too long, or has another form
   */
  public static Map<String, Simulated> read(String value) throws RefusedPreviewException {
    if (value.length() > MAX_LENGTH) {
      throw new RefusedPreviewException(Cause.OVERSIZED);
    }
    Map<String, Simulated> simulated = new SimulationCookie(decoded(value)).features();
    if (simulated.size() > PreviewTokens.MAX_FEATURES) {
      throw new RefusedPreviewException(Cause.OVERSIZED);
    }
    return simulated;
  }

  private static String decoded(String value) throws RefusedPreviewException {
    try {
      // In this encoding a plus is a plus.
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static RefusedPreviewException malformed() {
    return new RefusedPreviewException(Cause.SIMULATION_MALFORMED);
  }

  private Map<String, Simulated> features() throws RefusedPreviewException {
    Map<String, Simulated> features = new LinkedHashMap<>();
    require(OPENING);
    if (!isNext(CLOSING)) {
      do {
        String feature = key();
        if (features.put(feature, ids()) != null) {
          throw malformed();
        }
      } while (isNext(COMMA));
      require(CLOSING);
    }
    require(END);
    return features;
  }

  private Simulated ids() throws RefusedPreviewException {
    Map<String, Integer> ids = new LinkedHashMap<>();
    require(OPENING);
    do {
      String name = key();
      if (isNext(NUMBER)) {
        ids.put(name, Integer.valueOf(found));
      } else {
        require(OTHER);
      }
    } while (isNext(COMMA));
    require(CLOSING);
    Integer experiment = ids.get("expId");
    int variation = ids.getOrDefault("varId", 0);
    if (experiment == null) {
      throw malformed();
    }
    return new Simulated(experiment, variation);
  }

  private String key() throws RefusedPreviewException {
    require(KEY);
    return found;
  }

  private void require(Pattern next) throws RefusedPreviewException {
    if (!isNext(next)) {
      throw malformed();
    }
  }

  /** Reads what comes next if it has a form, and keeps the first group of the form. */
  private boolean isNext(Pattern form) {
    Matcher next = form.matcher(text).region(at, text.length());
    if (!next.lookingAt()) {
      return false;
    }
    at = next.end();
    found = next.groupCount() > 0 ? next.group(1) : "";
    return true;
  }
}
