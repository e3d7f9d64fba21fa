package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** One browser of a history: who is signed in, its cookies, and the answers still on their way. */
final class HistoryBrowser {

  static final String CONSENT = "agreed";

  Jar jar = new Jar(null, null, null);
  String user;
  final Deque<List<String>> underWay = new ArrayDeque<>();

  /** The text of its first visitor cookie, or null. */
  String code() {
    return jar.codes().stream().findFirst().orElse(null);
  }

  /**
   * The cookies. Of the visitor cookie there may be two, a host-only one and one of the domain,
   * which browsers send both.
   */
  record Jar(String hostOnly, String inDomain, String consent) {

    /** The texts of the visitor cookies, in the order sent. */
    List<String> codes() {
      return Stream.of(hostOnly == null ? "" : hostOnly, inDomain == null ? "" : inDomain)
          .filter(code -> !code.isEmpty())
          .toList();
    }

    /** The valid codes, as the design reads them. */
    List<String> presented() {
      return codes().stream()
          .flatMap(code -> VisitorCode.parse(code).stream())
          .map(VisitorCode::value)
          .distinct()
          .toList();
    }

    List<String> headers() {
      List<String> headers = new ArrayList<>();
      codes().forEach(code -> headers.add(CookieHeader.NAME + "=" + code));
      if (consent != null) {
        headers.add(CONSENT + "=" + consent);
      }
      return headers;
    }

    Jar withCode(String code, boolean domain) {
      return domain ? new Jar(hostOnly, code, consent) : new Jar(code, inDomain, consent);
    }

    Jar withConsent(String answer) {
      return new Jar(hostOnly, inDomain, answer);
    }

    /** The cookies after an answer's {@code Set-Cookie} headers. */
    Jar after(List<String> setCookies) {
      Jar jar = this;
      for (String header : setCookies) {
        String pair = (header + ";").substring(0, (header + ";").indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        String value = header.contains("Max-Age=0;") ? null : pair.substring(pair.indexOf('=') + 1);
        if (name.equals(CookieHeader.NAME)) {
          jar = jar.withCode(value, header.contains("Domain="));
        } else if (name.equals(CONSENT)) {
          jar = jar.withConsent(value);
        }
      }
      return jar;
    }
  }
}
