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
 * The private form of {@code Cache-Control} values (RFC 9111 section 5.2.2): {@code private} comes
 * first, directives that allow sharing are removed, and the other directives stay.
 */
public final class CacheDirectives {

  public static final String HEADER = "Cache-Control";

  /** The text between two commas outside of quotes. The closing quote may be missing. */
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?:[^\",]++|\"(?:[^\"\\\\]++|\\\\.)*+(?:\"|\\\\?$))++");

  private static final Pattern NAME = Pattern.compile("[^=;\"\\s]++");

  private static final List<String> SHARING =
      List.of("public", "private", "s-maxage", "proxy-revalidate");

  private CacheDirectives() {}

  /**
   * Returns the private value for a response that has these values; the collection may be empty.
   */
  static String toPrivate(Collection<String> values) {
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

  /** Returns the name of a directive, in lower case. A blank ends it, as a comma does. */
  private static String name(String directive) {
    Matcher name = NAME.matcher(directive);
    return name.lookingAt() ? name.group().toLowerCase(Locale.ROOT) : "";
  }
}
