package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.http.RequestCookies;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;

/**
 * The visitor cookie of a request as the application sees it: its value is the visitor code if the
 * visitor is resolved. The scope is asked when the application reads the value, because many
 * applications list the cookies to find another one.
 */
final class ReconciledCookie extends Cookie {

  private static final long serialVersionUID = 1L;

  private transient @Nullable RequestScope scope;

  private ReconciledCookie(Cookie sent, RequestScope scope) {
    super(sent.getName(), sent.getValue());
    this.scope = scope;
  }

  /** Returns cookies with a replaced visitor cookie; the same array if there is none. */
  static Cookie[] among(Cookie[] cookies, RequestScope scope) {
    Cookie[] replaced = cookies;
    for (int i = 0; i < cookies.length; i++) {
      if (RequestCookies.VISITOR_CODE.equals(cookies[i].getName())) {
        // The array may be the container's.
        replaced = replaced == cookies ? cookies.clone() : replaced;
        replaced[i] = new ReconciledCookie(cookies[i], scope);
      }
    }
    return replaced;
  }

  @Override
  public String getValue() {
    String sent = super.getValue();
    RequestScope known = scope;
    return known == null ? sent : known.cookieValue(sent);
  }

  @Override
  public void setValue(String value) {
    scope = null;
    super.setValue(value);
  }
}
