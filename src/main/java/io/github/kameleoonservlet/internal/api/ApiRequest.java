package io.github.kameleoonservlet.internal.api;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.RequestKind;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of an API call: the fields of the body and the caller's visitor code. Refuses unknown
 * fields, because a call with a misspelt field would count for another visitor. Immutable. Only
 * {@code servlet} uses this class.
 */
public final class ApiRequest {

  /** The header with the caller's code; a code in the body has precedence. */
  public static final String CODE_HEADER = "X-Kameleoon-Visitor-Code";

  /** The field with the caller's code. */
  public static final String CODE = "visitorCode";

  private final ApiFields fields;
  private final @Nullable String headerCode;

  private ApiRequest(ApiFields fields, @Nullable String headerCode) {
    this.fields = fields;
    this.headerCode = headerCode;
  }

  /**
   * Reads the query, the header and the body of a call.
   *
   * @param fields the allowed fields of the body; empty for a call without a body
   * @throws Problem 413 if the body is too large, 415 for another media type, 400 for other faults
   */
  public static ApiRequest read(HttpServletRequest request, RequestKind kind, List<String> fields)
      throws Problem {
    refuseCodeInQuery(request);
    if (fields.isEmpty()) {
      refuseBody(request);
      return new ApiRequest(
          new ApiFields(JsonValue.EMPTY_JSON_OBJECT, "", fields), headerCode(request));
    }
    return new ApiRequest(
        new ApiFields(ApiBody.read(request, kind), "", fields), headerCode(request));
  }

  /** Returns whether a request has the header with the code, even if the code is invalid. */
  public static boolean hasCodeHeader(HttpServletRequest request) {
    return headerCode(request) != null;
  }

  /**
   * Returns the header's value; null without the header. Several headers count as one list (RFC
   * 9110 section 5.3), which is no valid code.
   */
  private static @Nullable String headerCode(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(CODE_HEADER));
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /**
   * Refuses a code in the query, because servers log the query, and any link can contain a query.
   */
  private static void refuseCodeInQuery(HttpServletRequest request) throws Problem {
    String query = request.getQueryString();
    if (query != null
        && Arrays.stream(query.split("[=&;]")).map(ApiRequest::decoded).anyMatch(CODE::equals)) {
      throw new Problem(
          400,
          "Code in the query",
          "The query must not contain "
              + CODE
              + ": send the code in the body, or in the header "
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

  /** Returns the fields of the body. */
  public ApiFields fields() {
    return fields;
  }

  /**
   * Returns the caller's code from the body.
   *
   * @throws Problem 400 if the body contains no code, 422 if the code is invalid
   */
  public VisitorCode visitorCode() throws Problem {
    return code(fields.anyText(CODE));
  }

  /**
   * Returns the caller's code from the body, or from the header if the body contains no code; null
   * without a code.
   *
   * @throws Problem 400 if the code is no text, 422 if the code is invalid
   */
  public @Nullable VisitorCode announced() throws Problem {
    if (!fields.absent(CODE)) {
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
}
