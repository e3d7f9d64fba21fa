package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.cookie;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All hostile requests: the rows of the tables, their variants, and seeded mutations. */
final class HostileRequests {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final int MUTATIONS = 300;
  private static final long SEED = 20_261_122;

  private HostileRequests() {}

  /** Returns the requests, which are the same in every run. */
  static List<HostileRequest> all() {
    List<HostileRequest> all = new ArrayList<>();
    all.addAll(HostileCookies.all());
    all.addAll(HostileLines.all());
    all.addAll(HostileCalls.all());
    all.addAll(HostilePreviews.all());
    all.addAll(mutations());
    return List.copyOf(all);
  }

  private static List<HostileRequest> mutations() {
    List<HostileRequest> requests = new ArrayList<>();
    Random random = new Random(SEED);
    List<HostileRequest> good =
        List.of(
            HostileRequest.page("mutated page", "Referer: http://localhost/\r\n" + cookie("a.b")),
            HostileRequest.call(
                "mutated sync",
                "POST /syncVisitor",
                JSON + "Origin: http://localhost\r\n" + cookie("a.b"),
                "{\"visitorCode\":\"of-the-app\"}"),
            HostileRequest.call(
                "mutated variation",
                "POST /variation",
                JSON + "Sec-Fetch-Site: same-origin\r\n",
                "{\"featureKey\":\"free-shipping\",\"track\":false,\"visitorCode\":\"a.b\"}"));
    for (int i = 0; i < MUTATIONS; i++) {
      HostileRequest request = good.get(i % good.size());
      StringBuilder text = new StringBuilder(request.text());
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int start = text.indexOf("\n") + 1;
        int place = start + random.nextInt(text.length() - start);
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(place, (char) random.nextInt(256));
          case 1 -> text.insert(place, (char) random.nextInt(256));
          case 2 -> text.deleteCharAt(place);
          default -> text.setCharAt(place, "\r\n\0\t ;:=,\"{}[]\\".charAt(random.nextInt(15)));
        }
      }
      requests.add(HostileRequest.raw(request.kind(), text.toString(), request.api()));
    }
    return requests;
  }
}
