package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.PLANTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cookie headers without a valid visitor code, or with a valid code beside an invalid one. */
final class HostileCookies {

  /** Texts that are invalid as visitor codes. */
  static final List<String> NO_CODES =
      List.of(
          "",
          " ",
          "\t",
          "null",
          "undefined",
          "NaN",
          "true",
          "_js_",
          "_js__js_",
          "a b",
          "a,b",
          "a=b",
          "a/b\\c",
          "x".repeat(101),
          "x".repeat(3000),
          PLANTED + ">alert(1)</planted>",
          "\">" + PLANTED + " src=x>",
          "'" + PLANTED + "'",
          "\"",
          "\"\"",
          "\"a",
          "a\"",
          "\\\"",
          "a\\",
          "%00",
          "%0d%0aX-Planted:%201",
          "%3Cplanted%3E",
          "${kameleoonVisitor}",
          "#{1+1}",
          "{{planted}}",
          "a\u0000b",
          "a\u0001b",
          "a\u0008b",
          "a\u000bb",
          "a\u001bb",
          "a\u007fb",
          "a\rX-Planted: 1",
          "a\nX-Planted: 1",
          "a\r\n X-Planted: 1",
          "\u00e9",
          "\u0080\u00ff",
          bytes("é\uD83C\uDF75"),
          "\u00c0\u0080",
          "\u00ed\u00a0\u0080",
          "\u00ff\u00fe",
          "[]",
          "{}",
          "()<>@,:\\\"/[]?={}");

  private static final String CODE = Browser.COOKIE;
  private static final String VALID = "valid-visitor-1";

  private final List<HostileRequest> requests = new ArrayList<>();

  private HostileCookies() {}

  static List<HostileRequest> all() {
    HostileCookies all = new HostileCookies();
    all.cookies();
    all.manyCookies();
    return all.requests;
  }

  private void cookies() {
    for (String text : NO_CODES) {
      for (String cookie :
          List.of(
              CODE + "=" + text,
              CODE + "=\"" + text + "\"",
              CODE + " = " + text,
              "a=1; " + CODE + "=" + text + "; b=2",
              CODE + "=" + text + "; " + CODE + "=" + text,
              text + "=" + text,
              "$Version=1; " + CODE + "=" + text + "; $Path=/",
              "JSESSIONID=" + text)) {
        requests.add(HostileRequest.page("cookie", "Cookie: " + cookie + "\r\n"));
      }
      String bad = CODE + "=" + text;
      String good = CODE + "=" + VALID;
      for (String lines :
          List.of(
              "Cookie: " + good + "\r\nCookie: " + bad + "\r\n",
              "Cookie: " + bad + "; " + good + "\r\n",
              "Cookie: " + good + "; JSESSIONID=" + text + "\r\n")) {
        HostileRequest both = HostileRequest.page("valid and invalid cookie", lines);
        // Some servers end the header line at CR or LF; the text before the line end may be a valid
        // code.
        boolean ends = text.contains("\n") || text.contains("\r");
        requests.add(ends ? both : both.of(VALID));
      }
      requests.add(
          HostileRequest.call("API cookie", "GET /visitorCode", "Cookie: " + bad + "\r\n", ""));
    }
  }

  private void manyCookies() {
    for (int count : new int[] {2, 50, 199, 200, 201, 210, 400}) {
      String many = (CODE + "=<b>; ").repeat(count);
      String good = CODE + "=" + VALID;
      requests.add(HostileRequest.page("many cookies", "Cookie: " + many + "\r\n"));
      requests.add(
          HostileRequest.page("many cookies", "Cookie: " + many + good + "\r\n").of(VALID));
      requests.add(
          HostileRequest.page("many others", "Cookie: " + "a=1; ".repeat(count) + good + "\r\n")
              .of(VALID));
      requests.add(
          HostileRequest.page("one twice", ("Cookie: " + good + "\r\n").repeat(count)).of(VALID));
      requests.add(
          HostileRequest.page(
                  "many codes",
                  "Cookie: "
                      + good
                      + IntStream.range(0, count)
                          .mapToObj(i -> "; " + CODE + "=other-" + i)
                          .reduce("", String::concat)
                      + "\r\n")
              .of(VALID));
      requests.add(HostileRequest.page("separators", "Cookie: " + ";=".repeat(count) + "\r\n"));
    }
    for (int length : new int[] {4_000, 8_100, 20_000, 70_000}) {
      requests.add(
          HostileRequest.page("long", "Cookie: " + CODE + "=" + "x".repeat(length) + "\r\n"));
    }
  }

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
