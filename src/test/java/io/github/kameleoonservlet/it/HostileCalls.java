package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.APP;
import static io.github.kameleoonservlet.it.HostileRequest.PLANTED;
import static io.github.kameleoonservlet.it.HostileRequest.cookie;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** API calls with invalid bodies, media types and lengths. */
final class HostileCalls {

  private static final String VALID = "valid-visitor-1";
  private static final String JSON = "Content-Type: application/json\r\n";

  private static final List<String> CALLS =
      List.of(
          "POST /syncVisitor",
          "POST /variation",
          "POST /conversion",
          "POST /consent",
          "DELETE /visitor");

  private static final List<String> TYPES =
      List.of(
          "",
          "Content-Type:\r\n",
          "Content-Type: text/plain\r\n",
          "Content-Type: text/plain\r\nOrigin: x\r\n",
          "Content-Type: text/plain\r\nOrigin: null\r\n",
          "Content-Type: text/plain\r\nSec-Fetch-Site: cross-site\r\n",
          "Content-Type: application/json\r\nSec-Fetch-Site: cross-site\r\n",
          "Content-Type: application/json\r\nOrigin: https://evil.example\r\n",
          "Content-Type: application/json\r\nOrigin: http://[\r\n",
          "Content-Type: application/json; charset=utf-16\r\n",
          "Content-Type: application/json; charset=" + PLANTED + "\r\n",
          "Content-Type: application/json" + PLANTED + ">\r\n",
          "Content-Type: application/xml\r\n",
          "Content-Type: application/x-www-form-urlencoded\r\n",
          "Content-Type: multipart/form-data; boundary=x\r\n",
          "Content-Type: */*\r\n",
          "Content-Type: ;;;\r\n",
          "Content-Type: +json\r\n",
          "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
          "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
          "Content-Type: " + "x".repeat(3000) + "\r\n");

  private static final Map<String, String> LENGTHS =
      Map.ofEntries(
          Map.entry("negative", "Content-Length: -1\r\n"),
          Map.entry("a word", "Content-Length: planted\r\n"),
          Map.entry("signed", "Content-Length: +2\r\n"),
          Map.entry("hexadecimal", "Content-Length: 0x2\r\n"),
          Map.entry("a list", "Content-Length: 2, 2\r\n"),
          Map.entry("twice", "Content-Length: 2\r\nContent-Length: 2\r\n"),
          Map.entry("two that differ", "Content-Length: 2\r\nContent-Length: 3\r\n"),
          Map.entry("huge", "Content-Length: 99999999999999999999\r\n"),
          Map.entry("too large to be read", "Content-Length: 9999999999\r\n"),
          Map.entry("longer than the body", "Content-Length: 50\r\n"),
          Map.entry("shorter than the body", "Content-Length: 1\r\n"),
          Map.entry("none", ""),
          Map.entry("zero", "Content-Length: 0\r\n"),
          Map.entry("empty", "Content-Length:\r\n"),
          Map.entry("not chunked", "Transfer-Encoding: chunked\r\n"),
          Map.entry("gzip", "Transfer-Encoding: gzip\r\n"),
          Map.entry("identity", "Transfer-Encoding: identity\r\n"),
          Map.entry("chunked twice", "Transfer-Encoding: chunked, chunked\r\n"),
          Map.entry("odd encoding", "Transfer-Encoding: " + PLANTED + ">\r\n"),
          Map.entry("both", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"));

  private static final List<String> CHUNKS =
      List.of(
          "2\r\n{}\r\n0\r\n\r\n",
          "2\r\n{}\r\n",
          "2\r\n{",
          "zz\r\n{}\r\n0\r\n\r\n",
          "-2\r\n{}\r\n0\r\n\r\n",
          "ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
          "2;planted=\"<planted>\"\r\n{}\r\n0\r\n\r\n",
          "0\r\nX-Planted: 1\r\n\r\n",
          "2\r\n{}0\r\n\r\n",
          "\r\n\r\n");

  private final List<HostileRequest> requests = new ArrayList<>();

  private HostileCalls() {}

  static List<HostileRequest> all() {
    HostileCalls all = new HostileCalls();
    all.bodies();
    all.lengths();
    return all.requests;
  }

  private void bodies() {
    for (String call : CALLS) {
      for (String body : HostileBodies.all(HostileCookies.NO_CODES)) {
        requests.add(HostileRequest.call("body", call, JSON + cookie(VALID), body));
      }
      for (String type : TYPES) {
        requests.add(
            HostileRequest.call("media type", call, type, "{\"visitorCode\":\"of-the-app\"}"));
      }
    }
    requests.add(
        HostileRequest.page("body of a page", JSON + "Content-Length: 9000\r\n" + cookie(VALID))
            .of(VALID));
  }

  private void lengths() {
    for (String target : List.of("/page", "/api/syncVisitor", "/api/conversion")) {
      String start = "POST " + APP + target + " HTTP/1.1\r\nHost: localhost\r\n" + JSON;
      start = start + "Connection: close\r\n" + cookie(VALID);
      boolean api = target.startsWith("/api");
      for (String kind : LENGTHS.keySet().stream().sorted().toList()) {
        requests.add(HostileRequest.raw(kind, start + LENGTHS.get(kind) + "\r\n{}", api));
      }
      for (String chunks : CHUNKS) {
        requests.add(
            HostileRequest.raw(
                "chunks", start + "Transfer-Encoding: chunked\r\n\r\n" + chunks, api));
      }
    }
  }
}
