package io.github.kameleoonservlet.internal.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps an answer out of shared caches (RFC 9111 section 5.2.2): {@code private} first, what allows
 * sharing taken out, the rest of the application's directives kept.
 */
public final class CacheControl {

  public static final String HEADER = "Cache-Control";

  /** What stands between commas that are not between quotes; a quote may lack its end. */
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?:[^\",]++|\"(?:[^\"\\\\]++|\\\\.)*+(?:\"|\\\\?$))++");

  private static final Pattern NAME = Pattern.compile("[^=;\"\\s]++");

  private static final List<String> SHARING =
      List.of("public", "private", "s-maxage", "proxy-revalidate");

  private CacheControl() {}

  /** The value for an answer whose application wrote these values, if any. */
  static String privately(Collection<String> values) {
    if (values.isEmpty()) {
      return "private";
    }
    Stream<String> kept =
        values.stream()
            .flatMap(value -> DIRECTIVE.matcher(value).results().map(MatchResult::group))
            .map(String::trim)
            .filter(directive -> !directive.isEmpty() && !SHARING.contains(name(directive)));
    return Stream.concat(Stream.of("private"), kept).distinct().collect(Collectors.joining(", "));
  }

  /** Ends where a name must end, also of directives that are not between commas. */
  private static String name(String directive) {
    Matcher name = NAME.matcher(directive);
    return name.lookingAt() ? name.group().toLowerCase(Locale.ROOT) : "";
  }
}
