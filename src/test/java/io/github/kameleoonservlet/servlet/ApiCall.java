package io.github.kameleoonservlet.servlet;

import org.springframework.mock.web.MockHttpServletRequest;

/** The calls of the JSON API, each complete except for the caller's code. */
public enum ApiCall {
  VISITOR_CODE("GET", "/visitorCode", null),
  SYNC_VISITOR("POST", "/syncVisitor", ""),
  VARIATION("POST", "/variation", "\"featureKey\":\"banner\""),
  VARIATIONS("GET", "/variations", null),
  VARIATIONS_OF_DEVICE("POST", "/variations", ""),
  CONVERSION("POST", "/conversion", "\"goalId\":1"),
  CONSENT("POST", "/consent", "\"granted\":true"),
  DELETE_VISITOR("DELETE", "/visitor", null);

  final String method;
  final String path;
  private final String fields;

  ApiCall(String method, String path, String fields) {
    this.method = method;
    this.path = path;
    this.fields = fields;
  }

  boolean hasBody() {
    return fields != null;
  }

  /** Returns the body, with a code unless it is null. */
  String body(String code) {
    String announced = code == null ? "" : "\"visitorCode\":\"" + code + "\"";
    return "{" + fields + (fields.isEmpty() || code == null ? "" : ",") + announced + "}";
  }

  /**
   * Returns the call with a code in its body, or in the header if the call has no body; null means
   * no code.
   */
  public MockHttpServletRequest announcing(String code) {
    MockHttpServletRequest request = ApiBrowser.call(method, path);
    if (hasBody()) {
      return ApiBrowser.withBody(request, "application/json", body(code));
    }
    if (code != null) {
      request.addHeader("X-Kameleoon-Visitor-Code", code);
    }
    return request;
  }
}
