package io.github.kameleoonservlet.it;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A response of the server.
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

  /** Returns the Set-Cookie headers of the visitor code; more than one is a fault. */
  List<String> visitorCookies() {
    return header("set-cookie").filter(value -> value.startsWith(Browser.COOKIE + "=")).toList();
  }

  /** Returns the visitor code that this response sets, or null. */
  String cookieCode() {
    return visitorCookies().stream()
        .map(value -> value.substring(Browser.COOKIE.length() + 1).split(";", 2)[0])
        .findFirst()
        .orElse(null);
  }

  /** Returns the code that the page shows. */
  String code() {
    return text("visitor-code");
  }

  String outcome() {
    return text("visitor-outcome");
  }

  String user() {
    return text("visitor-user");
  }

  /** Returns the value of a member of a JSON response, a string without its quotes. */
  String json(String name) {
    Matcher member = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([^,}]+))").matcher(body);
    if (!member.find()) {
      throw new AssertionError("no member " + name + " in: " + status + " " + body);
    }
    return member.group(1) == null ? member.group(2) : member.group(1);
  }

  /** Returns the text of the element with an id as the server sent it, with its entities. */
  String text(String id) {
    Matcher element =
        Pattern.compile("id=\"" + Pattern.quote(id) + "\"[^>]*>([^<]*)<").matcher(body);
    if (!element.find()) {
      throw new AssertionError("no element with the id " + id + " in: " + status + " " + body);
    }
    return element.group(1).strip();
  }
}
