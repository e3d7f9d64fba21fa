package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.PLANTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.ArrayList;
import java.util.List;

/**
 * Bodies of API calls that are not JSON, are not of the API's form, or are too large; the bytes as
 * ISO 8859-1.
 */
final class HostileBodies {

  private static final String SYNC = "{\"visitorCode\":\"of-the-app\"}";

  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "\u0000",
          "{",
          "}",
          "{}",
          "{}{}",
          "{} planted",
          "[]",
          "[{}]",
          "null",
          "true",
          "1",
          "\"text\"",
          "NaN",
          "{a:1}",
          "{'visitorCode':'x'}",
          "{\"visitorCode\":}",
          "{\"visitorCode\"}",
          "{\"visitorCode\":\"x\",}",
          "{\"visitorCode\":\"x\" \"b\":1}",
          "{\"visitorCode\":\"x",
          "{\"visitorCode\":\"x\\",
          "{\"visitorCode\":\"\\x\"}",
          "{\"visitorCode\":\"\\u12\"}",
          "{\"visitorCode\":\"\\ud800\"}",
          "{\"visitorCode\":\"\\u0000\"}",
          "{\"visitorCode\":\"a\\r\\nX-Planted: 1\"}",
          "{\"visitorCode\":\"a\nb\"}",
          "{\"visitorCode\":\"of-the-app\",\"visitorCode\":\"" + PLANTED + "\"}",
          "{/* planted */}",
          "// planted\n{}",
          "\u00ef\u00bb\u00bf" + SYNC,
          new String(SYNC.getBytes(UTF_16BE), ISO_8859_1),
          new String(SYNC.getBytes(UTF_16LE), ISO_8859_1),
          "\u00fe\u00ff" + new String(SYNC.getBytes(UTF_16BE), ISO_8859_1),
          "{\"visitorCode\":\"\u00e9\"}",
          "{\"visitorCode\":\"\u00c0\u0080\"}",
          "{\"visitorCode\":\"\u00ed\u00a0\u0080\"}",
          "\u001f\u008b\u0008\u0000",
          "[".repeat(4000),
          "[".repeat(4000) + "]".repeat(4000),
          "{\"a\":".repeat(1300) + "1" + "}".repeat(1300),
          "{\"visitorCode\":" + "[".repeat(990) + "]".repeat(990) + "}",
          "{\"" + "k".repeat(8000) + "\":1}",
          "{\"visitorCode\":\"" + "x".repeat(8000) + "\"}",
          "{\"visitorCode\":\"" + "x".repeat(9000) + "\"}",
          "{\"visitorCode\":\"x\"}" + " ".repeat(8180),
          " ".repeat(100_000),
          "{" + "\"a\":1,".repeat(1000) + "\"b\":1}",
          "visitorCode=x&featureKey=y",
          "--x\r\nContent-Disposition: form-data; name=\"visitorCode\"\r\n\r\nx\r\n--x--\r\n");

  /** Values that are invalid for every field, or for all fields but one. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "1",
          "-1",
          "0.1",
          "1e5",
          "1e999",
          "-1e999",
          "1e2147483647",
          "1e2147483648",
          "1e-2147483648",
          "1e99999999999",
          "9".repeat(1200),
          "99999999999",
          "\"\"",
          "\" \"",
          "\"1\"",
          "\"" + PLANTED + ">\"",
          "\"" + "x".repeat(101) + "\"",
          "[]",
          "[\"x\"]",
          "{}",
          "{\"visitorCode\":\"x\"}");

  private static final List<String> FIELDS =
      List.of("visitorCode", "featureKey", "track", "goalId", "revenue", "granted");

  private HostileBodies() {}

  /**
   * Returns all bodies, including those with the given invalid visitor codes in place of a code.
   */
  static List<String> all(List<String> noCodes) {
    List<String> bodies = new ArrayList<>(BODIES);
    for (String value : VALUES) {
      StringBuilder all = new StringBuilder();
      for (String field : FIELDS) {
        all.append(all.isEmpty() ? '{' : ',').append('"').append(field).append("\":").append(value);
      }
      bodies.add(all.append('}').toString());
      bodies.add("{\"goalId\":1,\"featureKey\":\"free-shipping\",\"revenue\":" + value + "}");
    }
    for (String text : noCodes) {
      bodies.add("{\"featureKey\":\"free-shipping\",\"visitorCode\":\"" + text + "\"}");
    }
    return bodies;
  }
}
