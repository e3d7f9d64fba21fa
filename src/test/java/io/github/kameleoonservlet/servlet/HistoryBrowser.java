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

/** One browser of a history: who is signed in, its cookies, and the answers still on their way. */
final class HistoryBrowser {

  static final String CONSENT = "agreed";

  Jar jar = Jar.EMPTY;
  String user;
  final Deque<List<String>> underWay = new ArrayDeque<>();

  /** The text of its first visitor cookie, or null. */
  String code() {
    return jar.codes().stream().findFirst().orElse(null);
  }

  /**
   * A cookie of which there may be two, a host-only one and one of the domain: browsers send both.
   */
  record Twins(String hostOnly, String inDomain) {
    static final Twins NONE = new Twins(null, null);

    Twins with(String value, boolean domain) {
      return domain ? new Twins(hostOnly, value) : new Twins(value, inDomain);
    }

    /** In the order sent. */
    List<String> values() {
      return Stream.of(Optional.ofNullable(hostOnly), Optional.ofNullable(inDomain))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /** The cookies. */
  record Jar(Twins code, Twins consent) {
    static final Jar EMPTY = new Jar(Twins.NONE, Twins.NONE);

    /** The texts of the visitor cookies, in the order sent. */
    List<String> codes() {
      return code.values();
    }

    /** The valid codes, as the design reads them. */
    List<String> presented() {
      return codes().stream()
          .flatMap(text -> VisitorCode.parse(text).stream())
          .map(VisitorCode::value)
          .distinct()
          .toList();
    }

    /** The visitor's answer, as the design reads it: of two that differ the refusal counts. */
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

    /** The cookies after an answer's {@code Set-Cookie} headers. */
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
