package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.APP;
import static io.github.kameleoonservlet.it.HostileRequest.PLANTED;
import static io.github.kameleoonservlet.it.HostileRequest.cookie;

import java.util.ArrayList;
import java.util.List;

/** Request methods, paths, versions and header lines that no browser sends. */
final class HostileLines {

  private static final String VALID = "valid-visitor-1";

  private static final List<String> METHODS =
      List.of(
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "PATCH",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "PROPFIND",
          "get",
          "Post",
          "G",
          "M-SEARCH",
          "X".repeat(300),
          "G" + PLANTED + ">",
          "GET,POST",
          "G\u00e9T");

  private static final List<String> PATHS =
      List.of(
          "/api",
          "/api/",
          "/api//visitorCode",
          "/api/visitorCode/",
          "/api/./visitorCode",
          "/api/../page",
          "/api/..;/page",
          "/api/%2e%2e/page",
          "/api/..%2fpage",
          "/page/../api/visitorCode",
          "/./api/visitorCode",
          "//api/visitorCode",
          "/api;x=1/visitorCode",
          "/api/visitorCode;x=1",
          "/api/visitorCode;" + Browser.COOKIE + "=planted",
          "/api/%76isitorCode",
          "/%61pi/visitorCode",
          "/api/visitorCode%00",
          "/api/visitorCode%2f",
          "/api/visitorCode%5c",
          "/api\\visitorCode",
          "/api/visitorCode%0d%0aX-Planted:1",
          "/API/visitorCode",
          "/api/visitorcode",
          "/api/" + PLANTED + ">",
          "/api/%3Cplanted%3E",
          "/api/\u00e9",
          "/api/%ff%fe",
          "/api/%",
          "/api/%zz",
          "/api/" + "x".repeat(4000),
          "/api/" + "x/".repeat(1000),
          "/api/visitorCode?",
          "/api/visitorCode?a=" + PLANTED + ">",
          "/api/visitorCode?%=%&&&==",
          "/api/visitorCode#planted",
          "/api/null",
          "/api/visitorCode.json",
          "/api/*",
          "/page;jsessionid=" + PLANTED,
          "/page?" + "a=1&".repeat(900),
          "/WEB-INF/web.xml",
          "/%57EB-INF/web.xml",
          "/page%00.css",
          "/..%c0%af");

  /** Headers that the library reads, or that a server may fail to parse. */
  private static final List<String> NAMES =
      List.of(
          "Origin",
          "Host",
          "Referer",
          "Sec-Fetch-Site",
          "Sec-Fetch-Mode",
          "Sec-Fetch-Dest",
          "Sec-Purpose",
          "Accept",
          "User-Agent",
          "Content-Type",
          "Content-Encoding",
          "Expect",
          "Authorization",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "Forwarded",
          "Range",
          "Upgrade",
          "X-HTTP-Method-Override");

  private static final List<String> VALUES =
      List.of(
          "",
          "x",
          "xy",
          "null",
          "://",
          "http://",
          "http://[",
          "http://[::1",
          "http://%",
          "http://a b",
          "http://localhost:99999999999",
          "http://" + PLANTED + ">",
          "\u0000",
          "\u00e9",
          "cross-site",
          "navigate",
          "same-origin, cross-site",
          "text/html;q=" + PLANTED,
          "text/plain;charset=" + PLANTED + ">",
          "text/plain",
          ";",
          "9".repeat(3000));

  private final List<HostileRequest> requests = new ArrayList<>();

  private HostileLines() {}

  static List<HostileRequest> all() {
    HostileLines all = new HostileLines();
    all.headers();
    all.lines();
    return all.requests;
  }

  private void headers() {
    for (String name : NAMES) {
      for (String value : VALUES) {
        String line = name + ": " + value + "\r\n";
        requests.add(HostileRequest.page("header", line + cookie(VALID)).of(VALID));
      }
    }
    for (String value : VALUES) {
      for (String name : List.of("Origin", "Sec-Fetch-Site", "Host", "Content-Type")) {
        requests.add(
            HostileRequest.call(
                "API header",
                "POST /syncVisitor",
                "Content-Type: text/plain\r\n" + name + ": " + value + "\r\n",
                "{\"visitorCode\":\"of-the-app\"}"));
      }
    }
    for (String line :
        List.of(
            ": x\r\n",
            "\u0000: x\r\n",
            "no colon\r\n",
            " folded: x\r\n",
            "A : x\r\n",
            "A: x\r\n folded\r\n",
            "A: x\rB: y\r\n",
            "A: x\nB: y\n",
            PLANTED + ">: x\r\n",
            "\u00e9: x\r\n",
            "A".repeat(3000) + ": x\r\n",
            "A: x\r\n".repeat(90),
            "A: x\r\n".repeat(400))) {
      requests.add(HostileRequest.page("header line", line + cookie(VALID)).of(VALID));
    }
  }

  private void lines() {
    String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + cookie(VALID) + "\r\n";
    for (String method : METHODS) {
      requests.add(
          HostileRequest.raw("method", method + " " + APP + "/page" + rest, false).of(VALID));
      for (String path : List.of("visitorCode", "syncVisitor", "visitor", "none")) {
        requests.add(
            HostileRequest.raw("API method", method + " " + APP + "/api/" + path + rest, true));
      }
    }
    for (String path : PATHS) {
      requests.add(HostileRequest.raw("path", "GET " + APP + path + rest, true).of(VALID));
      requests.add(HostileRequest.raw("path", "POST " + APP + path + rest, true).of(VALID));
      requests.add(
          HostileRequest.raw("path", "GET http://localhost" + APP + path + rest, true).of(VALID));
    }
    for (String line :
        List.of(
            "GET " + APP + "/page",
            "GET " + APP + "/page HTTP/0.9\r\n\r\n",
            "GET " + APP + "/page HTTP/1.0\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\r\n\r\n",
            "GET " + APP + "/page HTTP/1.2\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/2.0\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/" + PLANTED + ">\r\nHost: a\r\n\r\n",
            "GET  " + APP + "/page  HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET\t" + APP + "/page\tHTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\nHost: a\nConnection: close\n\n",
            "\r\n\r\nGET " + APP + "/page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\r\nHost: " + PLANTED + ">\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\r\nHost: a:b:c\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n",
            "GET " + APP + "/page HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000")) {
      requests.add(HostileRequest.raw("request line", line, false));
    }
  }
}
