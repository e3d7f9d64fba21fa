package io.github.kameleoonservlet.wars;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The differences that the documentation promises, and no others. */
final class AllowedDifferences {

  /** docs/operations.md, "The cookie": the filter issues, prolongs and corrects this cookie. */
  private static final Pattern VISITOR_COOKIE =
      Pattern.compile("kameleoonVisitorCode=[a-z0-9]{16}; Path=/; Max-Age=32832000; SameSite=Lax");

  /**
   * docs/operations.md, "Cache headers": a call of {@code startAsync()} without arguments makes the
   * answer private. These servlets of Tomcat's examples call it.
   */
  private static final Pattern ASYNCHRONOUS =
      Pattern.compile("/examples/(servlets/nonblocking|async)/");

  private AllowedDifferences() {}

  /** Returns the fields of the answer behind the filter as they would be without the filter. */
  static List<Header> removedFrom(Answer filtered, Answer plain, String target) {
    List<Header> headers = new ArrayList<>(filtered.headers());
    // A second one would be a difference.
    Optional<Header> visitor =
        headers.stream()
            .filter(h -> h.is("Set-Cookie") && VISITOR_COOKIE.matcher(h.value()).matches())
            .findFirst();
    visitor.ifPresent(headers::remove);
    boolean cookie = visitor.isPresent();
    if (cookie || isPage(filtered) || ASYNCHRONOUS.matcher(target).find()) {
      removePrivate(headers, cacheControl(plain.headers()));
    }
    return headers;
  }

  /** docs/operations.md, "Cache headers": pages and answers with the cookie are private. */
  private static void removePrivate(List<Header> headers, List<Header> plain) {
    List<Header> actual = cacheControl(headers);
    if (!actual.equals(plain) && joined(actual).equals(madePrivate(joined(plain)))) {
      headers.removeAll(actual);
      headers.addAll(plain);
    }
  }

  private static List<Header> cacheControl(List<Header> headers) {
    return headers.stream().filter(h -> h.is("Cache-Control")).toList();
  }

  private static String joined(List<Header> headers) {
    return headers.stream().map(Header::value).collect(Collectors.joining(", "));
  }

  private static String madePrivate(String plain) {
    String rest =
        Pattern.compile(",")
            .splitAsStream(plain)
            .map(String::trim)
            .filter(
                d -> !d.isEmpty() && !d.matches("(?i)private|public|s-maxage=.*|proxy-revalidate"))
            .reduce("", (a, b) -> a + ", " + b);
    return "private" + rest;
  }

  private static boolean isPage(Answer answer) {
    // A JSP that forwards to a file began as HTML.
    return answer.isHtml()
        || answer.header("Content-Type").startsWith("multipart/byteranges")
        || answer.header("Content-Type").toLowerCase(Locale.ROOT).isEmpty();
  }
}
