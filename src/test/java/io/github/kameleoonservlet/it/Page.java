package io.github.kameleoonservlet.it;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer of the server.
 *
 * @param status the status code
 * @param headers the header lines, names in lower case
 * @param body the text
 */
public record Page(int status, List<Header> headers, String body) {

  record Header(String name, String value) {}

  Stream<String> header(String name) {
    return headers.stream().filter(header -> header.name().equals(name)).map(Header::value);
  }

  /** The Set-Cookie headers of the visitor code; one at most is right. */
  List<String> visitorCookies() {
    return header("set-cookie").filter(value -> value.startsWith(Browser.COOKIE + "=")).toList();
  }

  /** The visitor code that this answer sets, or null. */
  String cookieCode() {
    return visitorCookies().stream()
        .map(value -> value.substring(Browser.COOKIE.length() + 1).split(";", 2)[0])
        .findFirst()
        .orElse(null);
  }

  /** The code that the page shows. */
  String code() {
    return text("visitor-code");
  }

  String outcome() {
    return text("visitor-outcome");
  }

  String user() {
    return text("visitor-user");
  }

  /** The value of a member of a JSON answer, a text without its quotes. */
  String json(String name) {
    Matcher member = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([^,}]+))").matcher(body);
    if (!member.find()) {
      throw new AssertionError("no member " + name + " in: " + status + " " + body);
    }
    return member.group(1) == null ? member.group(2) : member.group(1);
  }

  /** The text of the element of an id, as it was sent, with its entities. */
  String text(String id) {
    Matcher element =
        Pattern.compile("id=\"" + Pattern.quote(id) + "\"[^>]*>([^<]*)<").matcher(body);
    if (!element.find()) {
      throw new AssertionError("no element with the id " + id + " in: " + status + " " + body);
    }
    return element.group(1).strip();
  }
}
