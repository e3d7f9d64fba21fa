package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of an API call: the fields of its body and the caller's visitor code. Refuses unknown
 * fields, because a call with a misspelt field would be measured for another visitor.
 */
final class ApiRequest {

  /** The header with the caller's code; a code in the body has precedence. */
  static final String CODE_HEADER = "X-Kameleoon-Visitor-Code";

  /** The field with the caller's code. */
  static final String CODE = "visitorCode";

  private static final int MAX_NAME = 40;

  private final JsonObject body;
  private final @Nullable String headerCode;

  private ApiRequest(JsonObject body, @Nullable String headerCode) {
    this.body = body;
    this.headerCode = headerCode;
  }

  /**
   * Reads a call.
   *
   * @param fields the fields that the body may have; empty for a call without a body
   * @throws Problem 413, 415 or 400
   */
  static ApiRequest read(HttpServletRequest request, BrowserRequest browser, List<String> fields)
      throws Problem {
    refuseCodeInQuery(request);
    if (fields.isEmpty()) {
      refuseBody(request);
      return new ApiRequest(JsonValue.EMPTY_JSON_OBJECT, headerCode(request));
    }
    JsonObject body = ApiBody.read(request, browser);
    for (String field : body.keySet()) {
      if (!fields.contains(field)) {
        throw new Problem(
            400,
            "Unknown field",
            "The field "
                + printable(field)
                + " is unknown. Allowed: "
                + String.join(", ", fields)
                + ".");
      }
    }
    return new ApiRequest(body, headerCode(request));
  }

  /** Returns whether a request sends a code in the header. */
  static boolean hasCodeHeader(HttpServletRequest request) {
    return headerCode(request) != null;
  }

  /**
   * Returns the header's value. Several headers are one list (RFC 9110 section 5.3), which is not a
   * valid code.
   */
  private static @Nullable String headerCode(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(CODE_HEADER));
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** Refuses a code in the query, because servers log the query, and any link can set it. */
  private static void refuseCodeInQuery(HttpServletRequest request) throws Problem {
    String query = request.getQueryString();
    if (query != null
        && Arrays.stream(query.split("[=&;]")).map(ApiRequest::decoded).anyMatch(CODE::equals)) {
      throw new Problem(
          400,
          "Code in the query",
          "The query must not contain "
              + CODE
              + ": send it in the body, or in the header "
              + CODE_HEADER
              + ".");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void refuseBody(HttpServletRequest request) throws Problem {
    if (ApiBody.isPresent(request)) {
      throw new Problem(
          400,
          "No body",
          "This call takes no body. Send a visitor code in the header " + CODE_HEADER + ".");
    }
  }

  /**
   * Returns the name of a field, shortened, with a question mark in place of each character that
   * might need escaping.
   */
  private static String printable(String field) {
    String name = field.replaceAll("[^A-Za-z0-9_.-]", "?");
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
  }

  /** Returns the caller's valid code from the body, which must contain one. */
  VisitorCode visitorCode() throws Problem {
    if (body.get(CODE) instanceof JsonString text) {
      return code(text.getString());
    }
    throw wrong(CODE, "a string");
  }

  /** Returns the caller's valid code from the body, otherwise from the header, otherwise null. */
  @Nullable VisitorCode announced() throws Problem {
    if (!absent(CODE)) {
      return visitorCode();
    }
    return headerCode == null ? null : code(headerCode);
  }

  private static VisitorCode code(String text) throws Problem {
    return VisitorCode.parse(text)
        .orElseThrow(
            () ->
                new Problem(
                    422,
                    "Not a visitor code",
                    "1 to "
                        + VisitorCode.MAX_LENGTH
                        + " of "
                        + VisitorCode.CHARACTERS
                        + " are allowed, but not null, undefined, NaN, true or false."));
  }

  /** The text of a field that must be there and not be blank. */
  String text(String field) throws Problem {
    if (body.get(field) instanceof JsonString string && !string.getString().isBlank()) {
      return string.getString();
    }
    throw wrong(field, "a string");
  }

  /** The truth of a field that must be there. */
  boolean truth(String field) throws Problem {
    JsonValue value = body.get(field);
    if (JsonValue.TRUE.equals(value) || JsonValue.FALSE.equals(value)) {
      return JsonValue.TRUE.equals(value);
    }
    throw wrong(field, "true or false");
  }

  /** The truth of a field, false when it is absent or null. */
  boolean optionalTruth(String field) throws Problem {
    return !absent(field) && truth(field);
  }

  /** The whole number of a field that must be there. */
  int wholeNumber(String field) throws Problem {
    if (body.get(field) instanceof JsonNumber number) {
      try {
        return number.bigDecimalValue().intValueExact();
      } catch (ArithmeticException e) {
        // Said below.
      }
    }
    throw wrong(field, "a whole number");
  }

  /** The finite number of a field, 0 when it is absent or null. */
  double optionalNumber(String field) throws Problem {
    if (absent(field)) {
      return 0;
    }
    if (body.get(field) instanceof JsonNumber number) {
      double value = number.doubleValue();
      // The platform's SDK takes a float.
      if (Math.abs(value) <= Float.MAX_VALUE) {
        return value;
      }
    }
    throw wrong(field, "a number");
  }

  private boolean absent(String field) {
    return !body.containsKey(field) || body.isNull(field);
  }

  private static Problem wrong(String field, String allowed) {
    return new Problem(400, "Wrong field", "The field " + field + " must be " + allowed + ".");
  }
}
