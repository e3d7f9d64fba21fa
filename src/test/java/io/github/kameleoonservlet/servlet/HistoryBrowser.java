package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A browser of a history: its signed-in user, its cookies, and the responses that have not arrived.
 */
final class HistoryBrowser {

  static final String CONSENT = "agreed";

  Jar jar = Jar.EMPTY;
  String user;
  final Deque<List<String>> underWay = new ArrayDeque<>();

  /** Returns the text of the first visitor cookie, or null. */
  String code() {
    return jar.codes().stream().findFirst().orElse(null);
  }

  /** A host-only cookie and a cookie of the domain with the same name; browsers send both. */
  record Twins(String hostOnly, String inDomain) {
    static final Twins NONE = new Twins(null, null);

    Twins with(String value, boolean domain) {
      return domain ? new Twins(hostOnly, value) : new Twins(value, inDomain);
    }

    /** Returns the values in the order in which the browser sends them. */
    List<String> values() {
      return Stream.of(Optional.ofNullable(hostOnly), Optional.ofNullable(inDomain))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /** The cookies of a browser. */
  record Jar(Twins code, Twins consent) {
    static final Jar EMPTY = new Jar(Twins.NONE, Twins.NONE);

    /** Returns the texts of the visitor cookies, in the order in which the browser sends them. */
    List<String> codes() {
      return code.values();
    }

    /** Returns the valid codes by the rules of the design. */
    List<String> presented() {
      return codes().stream()
          .flatMap(text -> VisitorCode.parse(text).stream())
          .map(VisitorCode::value)
          .distinct()
          .toList();
    }

    /**
     * Returns the visitor's answer by the rules of the design: of two different answers the refusal
     * counts.
     */
    Consent answer() {
      List<String> answers = consent.values();
      return answers.isEmpty()
          ? Consent.PENDING
          : answers.stream().allMatch("yes"::equals) ? Consent.GIVEN : Consent.REFUSED;
    }

    List<String> headers() {
      List<String> headers = new ArrayList<>();
      codes().forEach(text -> headers.add(RequestCookies.VISITOR_CODE + "=" + text));
      consent.values().forEach(text -> headers.add(CONSENT + "=" + text));
      return headers;
    }

    Jar withCode(String text, boolean domain) {
      return new Jar(code.with(text, domain), consent);
    }

    Jar withConsent(String text, boolean domain) {
      return new Jar(code, consent.with(text, domain));
    }

    /** Returns the cookies after the {@code Set-Cookie} headers of a response. */
    Jar after(List<String> setCookies) {
      Jar jar = this;
      for (String header : setCookies) {
        String pair = (header + ";").substring(0, (header + ";").indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        String value = header.contains("Max-Age=0;") ? null : pair.substring(pair.indexOf('=') + 1);
        boolean domain = header.contains("Domain=");
        if (name.equals(RequestCookies.VISITOR_CODE)) {
          jar = jar.withCode(value, domain);
        } else if (name.equals(CONSENT)) {
          jar = jar.withConsent(value, domain);
        }
      }
      return jar;
    }
  }
}
