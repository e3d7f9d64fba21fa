package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.APP;
import static io.github.kameleoonservlet.it.HostileRequest.PLANTED;

import java.util.ArrayList;
import java.util.List;

/** Requests to the status servlet with invalid paths, parameters and forms. */
final class HostileStatus {

  private static final List<String> TEXTS =
      List.of(
          "",
          "%3Cplanted%3E",
          "%22%3E%3Cplanted%3E",
          "%27%3Cplanted",
          PLANTED + ">",
          "%",
          "%zz",
          "%ff%fe",
          "%00",
          "%ed%a0%80",
          "%0d%0aX-Planted:%201",
          "a+b",
          "null",
          "_js_",
          "${1+1}",
          "javascript:planted",
          "x".repeat(5_000));

  private static final List<String> PATHS =
      List.of(
          "",
          "/",
          "//",
          "/status.json",
          "/style.css",
          "/preview",
          "/health",
          "/health;a=b",
          "/%3Cplanted%3E",
          "/planted/../status.json",
          "/..;/status.json",
          "/status.json;jsessionid=planted",
          "/%00",
          "/" + "x".repeat(3_000));

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PLANTED");

  private HostileStatus() {}

  /**
   * Returns the requests, which are the same in every run.
   *
   * @param lines the header lines of the sender
   */
  static List<HostileRequest> all(String lines) {
    List<HostileRequest> all = new ArrayList<>();
    for (String path : PATHS) {
      for (String method : METHODS) {
        all.add(request("path", method, path, lines, ""));
      }
    }
    for (String text : TEXTS) {
      String query = "?code=" + text + "&page=" + text + "&" + text;
      all.add(request("query", "GET", "/" + query, lines, ""));
      all.add(request("query of JSON", "GET", "/status.json" + query, lines, ""));
      all.add(request("query of health", "GET", "/health" + query, lines, ""));
      String form = "token=" + text + "&choice=" + text + "&page=" + text + "&hours=" + text;
      all.add(request("form", "POST", "/preview", lines + type("x-www-form-urlencoded"), form));
      all.add(request("no form", "POST", "/preview", lines + type("json"), form));
      all.add(
          request("cookie", "GET", "/", lines + "Cookie: kameleoonStatus=" + text + "\r\n", ""));
    }
    return all;
  }

  private static String type(String type) {
    return "Content-Type: application/" + type + "\r\n";
  }

  private static HostileRequest request(
      String kind, String method, String path, String lines, String body) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    return HostileRequest.raw(
        kind,
        method
            + " "
            + APP
            + "/kameleoon"
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + lines
            + length
            + "\r\n"
            + body,
        false);
  }
}
