package io.github.kameleoonservlet.it;

import java.util.ArrayList;
import java.util.List;

/** Links and cookies of previews that the application has not signed. */
final class HostilePreviews {

  private static final List<String> TEXTS =
      List.of(
          "",
          "end;",
          "END",
          "1",
          "1.",
          "1..",
          "1.a.b",
          "2.aGk.aGk",
          "1.%00.%00",
          "1.\u00e9.\u00e9",
          "1." + "A".repeat(2_000) + ".A",
          "1." + "A".repeat(3_900) + ".A",
          "1." + ".".repeat(1_000),
          "-1",
          "null",
          "${1+1}",
          HostileRequest.PLANTED + ">",
          "%3Cplanted%3E");

  private static final List<String> SIMULATIONS =
      List.of(
          "",
          "{",
          "{}",
          "[]",
          "null",
          "%",
          "%7B%22a%22",
          "{\"a\":{\"expId\":1,\"varId\":2}}",
          "%7B%22a%22%3A%7B%22expId%22%3A1%7D%7D",
          "{\"a\":".repeat(600),
          "{\"" + HostileRequest.PLANTED + "\":{\"expId\":0}}",
          "{\"a\":{\"expId\":99999999999}}",
          "x".repeat(4_097));

  private HostilePreviews() {}

  static List<HostileRequest> all() {
    List<HostileRequest> requests = new ArrayList<>();
    for (String text : TEXTS) {
      requests.add(
          HostileRequest.page("preview cookie", "Cookie: kameleoonPreview=" + text + "\r\n"));
      requests.add(link("kameleoonPreview=" + text));
      requests.add(link("a=b&kameleoonPreview=" + text + "&kameleoonPreview=" + text));
      requests.add(
          HostileRequest.call(
              "preview of a call", "GET /variations?kameleoonPreview=" + text, "", ""));
    }
    for (String text : SIMULATIONS) {
      requests.add(
          HostileRequest.page(
              "simulation cookie", "Cookie: kameleoonSimulationFFData=" + text + "\r\n"));
    }
    return requests;
  }

  private static HostileRequest link(String query) {
    HostileRequest page = HostileRequest.page("preview link", "");
    return HostileRequest.raw(
        page.kind(), page.text().replace("/page HTTP", "/page?" + query + " HTTP"), false);
  }
}
