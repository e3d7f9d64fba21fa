package io.github.kameleoonservlet.benchmark.nodes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The response to a request, or the lack of a response.
 *
 * @param request method and path
 * @param status the status, or 0 if the connection broke
 * @param nodes the nodes to which nginx passed the request, in turn, or an empty text
 * @param body the text
 * @param began the time at which the request was sent, by {@link System#nanoTime()}
 * @param ended the time at which the response had arrived
 */
record Answer(String request, int status, String nodes, String body, long began, long ended) {

  private static final Pattern CODE = element("visitor-code");
  private static final Pattern OUTCOME = element("visitor-outcome");
  private static final Pattern USER = element("visitor-user");
  private static final Pattern JSON =
      Pattern.compile(
          "\\{\"visitorCode\":(?:null|\"([^\"]+)\"),\"known\":(true|false),\"outcome\":\"(\\w+)\"\\}");

  private static Pattern element(String id) {
    return Pattern.compile("id=\"" + id + "\"[^>]*>([^<]*)<");
  }

  /**
   * The visitor in a response.
   *
   * @param code the code, or null for a request-only code
   * @param known whether the request had a user
   * @param user the name that the page shows, or null in a response of the API
   */
  record Visitor(String code, String outcome, boolean known, String user) {}

  /** Returns whether nginx or the client received no response. */
  boolean isBrokenConnection() {
    return status == 0 || status == 502 || status == 504;
  }

  boolean wasPassedOn() {
    return nodes.contains(",");
  }

  /** Returns the visitor of a whole page or of the API, or null if the body contains no visitor. */
  Visitor visitor() {
    Matcher json = JSON.matcher(body);
    if (json.matches()) {
      return new Visitor(json.group(1), json.group(3), json.group(2).equals("true"), null);
    }
    Matcher code = CODE.matcher(body);
    Matcher outcome = OUTCOME.matcher(body);
    Matcher user = USER.matcher(body);
    if (!body.contains("</html>") || !code.find() || !outcome.find() || !user.find()) {
      return null;
    }
    return new Visitor(
        code.group(1).equals("none") ? null : code.group(1),
        outcome.group(1),
        !user.group(1).equals("anonymous"),
        user.group(1));
  }
}
