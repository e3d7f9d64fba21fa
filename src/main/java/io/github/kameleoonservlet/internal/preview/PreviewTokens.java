package io.github.kameleoonservlet.internal.preview;

import io.github.kameleoonservlet.internal.statistics.PreviewCounts.Cause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The signed texts of previews. A link contains one feature, and the cookie contains the features
 * of all links that a browser has opened. Both contain the host and the end of each feature.
 * Thread-safe.
 */
public final class PreviewTokens {

  /** The minimum length of a secret, in characters. */
  public static final int MIN_SECRET = 32;

  /** The maximum number of features that a browser previews at once. */
  public static final int MAX_FEATURES = 20;

  /** The maximum length of a key, in characters. */
  public static final int MAX_KEY = 200;

  /** The maximum length of a link's text: a host, and two keys of three bytes per character. */
  static final int MAX_LINK = 2_100;

  /** The maximum length of a cookie's text: browsers refuse a cookie of more than 4,096 bytes. */
  static final int MAX_COOKIE = 3_800;

  /** The maximum length of a form's text. */
  private static final int MAX_FORM = 300;

  private static final Duration FORM = Duration.ofHours(12);

  private static final String END_OF_LINE = "\n";
  private static final int LINES_OF_FEATURE = 3;

  private final SignedText links;
  private final SignedText cookies;
  private final SignedText forms;
  private final Clock clock;

  /**
   * Creates the texts of one secret.
   *
   * @param secret the setting {@code previewSecret}
   * @param clock the clock by which previews end
   */
  public PreviewTokens(String secret, Clock clock) {
    this.links = new SignedText(secret, "preview link");
    this.cookies = new SignedText(secret, "preview cookie");
    this.forms = new SignedText(secret, "preview form");
    this.clock = clock;
  }

  /**
   * Returns the text of a link.
   *
   * @param host the host of the pages that the link is for
   * @param duration the time after which the link and the preview end
   * @throws IllegalArgumentException if a key is empty or too long, or if host or key contain a
   *     control character
   */
  public String link(String host, String featureKey, String variationKey, Duration duration) {
    if (host.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the host must have no control character");
    }
    checkKey("feature", featureKey);
    checkKey("variation", variationKey);
    long expires = clock.instant().plus(duration).getEpochSecond();
    return links.write(
        text(host, List.of(new PreviewedFeature(featureKey, variationKey, expires))));
  }

  private static void checkKey(String kind, String key) {
    if (key.isBlank() || key.length() > MAX_KEY || key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the key of the %s must have 1 to %d characters, and no control character"
              .formatted(kind, MAX_KEY));
    }
  }

  private static String text(String host, Collection<PreviewedFeature> features) {
    StringBuilder text = new StringBuilder(lower(host));
    for (PreviewedFeature feature : features) {
      text.append(END_OF_LINE)
          .append(feature.expires())
          .append(END_OF_LINE)
          .append(feature.featureKey())
          .append(END_OF_LINE)
          .append(feature.variationKey());
    }
    return text.toString();
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the feature of a link.
   *
   * @param host the host that the browser asked for
   * @throws RefusedPreviewException if the link shows no preview
   */
  public PreviewedFeature readLink(String value, String host) throws RefusedPreviewException {
    return read(links, value, host, MAX_LINK).get(0);
  }

  /**
   * Returns the features of a cookie that have not ended, oldest first.
   *
   * @param host the host that the browser asked for
   * @throws RefusedPreviewException if the cookie shows no preview
   */
  public List<PreviewedFeature> readCookie(String value, String host)
      throws RefusedPreviewException {
    return read(cookies, value, host, MAX_COOKIE);
  }

  /**
   * Returns the text of a cookie. Drops the oldest features if there are too many for one cookie.
   *
   * @param features the features, oldest first; at least one
   */
  public String cookie(String host, List<PreviewedFeature> features) {
    int first = Math.max(0, features.size() - MAX_FEATURES);
    String value = cookies.write(text(host, features.subList(first, features.size())));
    while (value.length() > MAX_COOKIE) {
      first++;
      value = cookies.write(text(host, features.subList(first, features.size())));
    }
    return value;
  }

  /**
   * Returns the text of a form that makes links. Every server with the secret accepts it for twelve
   * hours.
   *
   * @param browser the text of a cookie of the browser that gets the form
   */
  public String form(String browser) {
    return forms.write(clock.instant().plus(FORM).getEpochSecond() + END_OF_LINE + browser);
  }

  /** Returns whether the text of a form is for this browser, and not too old. */
  public boolean isForm(String value, String browser) {
    String text = value.length() > MAX_FORM ? null : forms.read(value);
    String[] lines = text == null ? new String[0] : text.split(END_OF_LINE, 2);
    return lines.length == 2
        && Long.parseLong(lines[0]) > clock.instant().getEpochSecond()
        && lines[1].equals(browser);
  }

  private List<PreviewedFeature> read(SignedText signer, String value, String host, int maxLength)
      throws RefusedPreviewException {
    if (value.length() > maxLength) {
      throw new RefusedPreviewException(Cause.OVERSIZED);
    }
    String text = signer.read(value);
    if (text == null) {
      throw new RefusedPreviewException(Cause.FORGED);
    }
    String[] lines = text.split(END_OF_LINE, -1);
    if (!lines[0].equals(lower(host))) {
      throw new RefusedPreviewException(Cause.OTHER_HOST);
    }
    long now = clock.instant().getEpochSecond();
    List<PreviewedFeature> features = new ArrayList<>();
    for (int i = 1; i < lines.length; i += LINES_OF_FEATURE) {
      // This library has signed the lines, so that each feature has three.
      long expires = Long.parseLong(lines[i]);
      if (expires > now) {
        features.add(new PreviewedFeature(lines[i + 1], lines[i + 2], expires));
      }
    }
    if (features.isEmpty()) {
      throw new RefusedPreviewException(Cause.EXPIRED);
    }
    return features;
  }
}
