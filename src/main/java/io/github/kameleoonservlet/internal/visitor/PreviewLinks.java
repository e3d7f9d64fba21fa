package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The maker of links that begin a preview.
 *
 * @param tokens null without the setting {@code previewSecret}
 * @param publicOrigin the origin that browsers reach, or null
 * @param contextPath the path of the web application; empty for the root
 * @param decisions the features of the data file
 */
public record PreviewLinks(
    @Nullable PreviewTokens tokens,
    @Nullable Origin publicOrigin,
    String contextPath,
    DecisionProvider decisions) {

  private static final Duration DEFAULT = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /** The number of keys that a message names. */
  private static final int SHOWN_KEYS = 50;

  /** The control character between the characters of ASCII and those of other scripts. */
  private static final char DELETE = 0x7f;

  private static final Pattern URL =
      Pattern.compile("(https?://[^/?#]+)([^?#]*)(?:\\?([^#]*))?(#.*)?");

  /** Returns the link to the home page of {@code publicOrigin}. */
  String toHome(String featureKey, String variationKey, @Nullable Duration duration) {
    requireTokens();
    if (publicOrigin == null) {
      throw new IllegalStateException(
          "a preview link needs the URL of a page, or the setting publicOrigin");
    }
    return toPage(publicOrigin.text() + contextPath + "/", featureKey, variationKey, duration);
  }

  /** Returns the link to a page. */
  String toPage(
      String pageUrl, String featureKey, String variationKey, @Nullable Duration duration) {
    PreviewTokens signing = requireTokens();
    if (!pageUrl.chars().allMatch(PreviewLinks::isInUrl)) {
      throw new IllegalArgumentException(
          "the URL of the page must have no space, no control character, and none of \" < > \\");
    }
    Matcher url = URL.matcher(pageUrl);
    Origin origin = url.matches() ? Origin.parse(url.group(1)) : null;
    if (origin == null) {
      throw new IllegalArgumentException(
          "the URL of the page must begin with http:// or https:// and a host");
    }
    if (publicOrigin != null && !publicOrigin.host().equals(origin.host())) {
      throw new IllegalArgumentException(
          "the URL of the page must have the host of publicOrigin, which is "
              + publicOrigin.host());
    }
    Duration wanted = duration == null ? DEFAULT : duration;
    if (wanted.compareTo(SHORTEST) < 0 || wanted.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a preview lasts from one minute to seven days, not " + wanted);
    }
    String token = signing.link(origin.host(), featureKey, variationKey, wanted);
    requireKnown(featureKey, variationKey);
    String path = url.group(2).isEmpty() ? "/" : url.group(2);
    String fragment = url.group(4) == null ? "" : url.group(4);
    return url.group(1) + path + "?" + PreviewQuery.with(url.group(3), token) + fragment;
  }

  /** Returns whether a URL may have a character. Letters outside of ASCII are allowed. */
  private static boolean isInUrl(int c) {
    return c > ' ' && c != DELETE && "\"<>\\".indexOf(c) < 0;
  }

  private PreviewTokens requireTokens() {
    if (tokens == null) {
      throw new IllegalStateException("a preview link needs the setting previewSecret");
    }
    return tokens;
  }

  /** Refuses keys that the data file does not have. Before the data file no key is refused. */
  private void requireKnown(String featureKey, String variationKey) {
    Set<String> features = decisions.featureKeys();
    if (features.isEmpty()) {
      return;
    }
    if (!features.contains(featureKey)) {
      throw new IllegalArgumentException(
          "the data file has no feature with this key; its features are " + list(features));
    }
    if (decisions.variation(featureKey, variationKey).isEmpty()) {
      throw new IllegalArgumentException(
          "the feature "
              + featureKey
              + " has no variation with this key; its variations are "
              + list(variationsOf(featureKey)));
    }
  }

  private List<String> variationsOf(String featureKey) {
    return Stream.concat(
            Stream.of(Variation.OFF),
            decisions.features().stream()
                .filter(feature -> feature.key().equals(featureKey))
                .flatMap(feature -> feature.variations().stream())
                .map(FeatureDescription.Variation::key))
        .toList();
  }

  private static String list(Collection<String> keys) {
    return new TreeSet<>(keys).stream().limit(SHOWN_KEYS).collect(Collectors.joining(", "));
  }
}
