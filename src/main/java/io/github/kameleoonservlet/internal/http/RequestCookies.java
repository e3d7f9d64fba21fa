package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a request, as its {@code Cookie} headers contain them (RFC 6265 section 5.4).
 *
 * <p>This class does not call {@code getCookies()}, because containers drop, cut or reject unusual
 * cookies in different ways. This class does not read the request of a filter in front of this
 * library either, because after a login Spring Security repeats the headers of an earlier request.
 * Immutable and thread-safe.
 */
public final class RequestCookies {

  /** The name of the visitor cookie, which all of Kameleoon's SDKs use. */
  public static final String VISITOR_CODE = "kameleoonVisitorCode";

  /** The request header with the cookies. */
  public static final String HEADER = "Cookie";

  private final List<String> lines;
  private final List<String> visitorValues;
  private final List<VisitorCode> visitorCodes;

  private RequestCookies(List<String> lines) {
    this.lines = lines;
    this.visitorValues = values(VISITOR_CODE);
    this.visitorCodes = valid(visitorValues);
  }

  /** Reads the headers of the container's request. */
  static RequestCookies of(HttpServletRequest request) {
    Enumeration<String> headers = ContainerObjects.request(request).getHeaders(HEADER);
    return new RequestCookies(headers == null ? List.of() : list(headers));
  }

  /**
   * Returns a {@code Cookie} header with a code as its only visitor cookie.
   *
   * @param header the other cookies, or null; visitor cookies among them are dropped
   */
  public static String withVisitor(@Nullable String header, String code) {
    StringBuilder cookies = new StringBuilder();
    for (String cookie : header == null ? new String[0] : header.split(";")) {
      int equals = cookie.indexOf('=');
      String name = (equals < 0 ? cookie : cookie.substring(0, equals)).trim();
      // SDK 4.5.0 throws if a cookie is "=", or if the visitor cookie has no value.
      if (!name.isEmpty() && !name.equals(VISITOR_CODE)) {
        cookies.append(cookie.trim()).append("; ");
      }
    }
    return cookies.append(VISITOR_CODE).append('=').append(code).toString();
  }

  /**
   * Returns the headers as a list. Browsers send one header, so that most lists have one element
   * and take little memory.
   */
  private static List<String> list(Enumeration<String> headers) {
    if (!headers.hasMoreElements()) {
      return List.of();
    }
    String first = headers.nextElement();
    if (!headers.hasMoreElements()) {
      return List.of(first);
    }
    List<String> all = new ArrayList<>();
    all.add(first);
    all.addAll(Collections.list(headers));
    return all;
  }

  private static List<VisitorCode> valid(List<String> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    if (values.size() == 1) {
      Optional<VisitorCode> code = VisitorCode.parse(values.get(0));
      return code.isPresent() ? List.of(code.get()) : List.of();
    }
    List<VisitorCode> codes = new ArrayList<>();
    for (String value : values) {
      VisitorCode.parse(value).ifPresent(codes::add);
    }
    return codes.size() > 1 ? List.copyOf(new LinkedHashSet<>(codes)) : codes;
  }

  /** Returns the values of the {@code Cookie} headers. Do not change the list. */
  public List<String> lines() {
    return lines;
  }

  /**
   * Returns the valid codes of the visitor cookies, each once, in the order sent. Any other value
   * counts as absent. Do not change the list.
   */
  public List<VisitorCode> visitorCodes() {
    return visitorCodes;
  }

  /**
   * Returns whether the request has exactly one visitor cookie, and a code is the value of this
   * cookie.
   */
  public boolean haveOnly(VisitorCode code) {
    return visitorValues.size() == 1 && visitorValues.get(0).equals(code.value());
  }

  /** Returns whether the request has a visitor cookie, valid or not. */
  public boolean haveVisitor() {
    return !visitorValues.isEmpty();
  }

  /** Returns the first value of a visitor cookie if none is a valid code, otherwise null. */
  public @Nullable String invalidVisitor() {
    return visitorCodes.isEmpty() && haveVisitor() ? visitorValues.get(0) : null;
  }

  /**
   * Returns whether the cookies belong to an older request: after a form login Tomcat restores the
   * request that led to the login page, with the cookies that the browser had then. The session id
   * is that of the present request, so the cookies do not contain it. Only the container's request
   * shows this, because a filter's sessions may have other ids than their cookies (Spring Session).
   */
  public boolean areOfOlderRequest(HttpServletRequest wrapped) {
    HttpServletRequest request = ContainerObjects.request(wrapped);
    String session = request.getRequestedSessionId();
    return session != null
        && request.isRequestedSessionIdFromCookie()
        && lines.stream().noneMatch(line -> line.contains(session));
  }

  /** Returns the values of all cookies of a name, in the order sent, without quotes around them. */
  public List<String> values(String name) {
    List<String> values = List.of();
    for (String line : lines) {
      // Most requests have only some of the cookies that the library knows, and this search is
      // fast.
      if (line.contains(name)) {
        values = values.isEmpty() ? new ArrayList<>(1) : values;
        addValues(line, name, values);
      }
    }
    return values;
  }

  private static void addValues(String line, String name, List<String> values) {
    int start = 0;
    while (start < line.length()) {
      int end = line.indexOf(';', start);
      end = end < 0 ? line.length() : end;
      // Creates no string for each cookie: a browser may send two hundred.
      int from = afterBlanks(line, start, end);
      if (line.startsWith(name, from)) {
        int equals = afterBlanks(line, from + name.length(), end);
        if (equals < end && line.charAt(equals) == '=') {
          values.add(unquoted(line.substring(equals + 1, end).trim()));
        }
      }
      start = end + 1;
    }
  }

  /** Returns the index of the first character that {@code trim()} would keep. */
  private static int afterBlanks(String text, int start, int end) {
    int index = start;
    while (index < end && text.charAt(index) <= ' ') {
      index++;
    }
    return index;
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
