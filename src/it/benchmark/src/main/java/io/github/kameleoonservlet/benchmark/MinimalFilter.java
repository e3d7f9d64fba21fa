package io.github.kameleoonservlet.benchmark;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.AbstractMap;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A filter with the least possible work: reads or draws the code, looks a signed-in user's code up
 * in a map, sets the four attributes, and writes the cookie on navigations. The filter makes no
 * response private, and does not support consent, prefetch, other sites, restarts, a second server
 * or late logins.
 */
final class MinimalFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final String COOKIE = "kameleoonVisitorCode";

  private final transient KameleoonClient sdk;
  private final transient SecureRandom random = new SecureRandom();
  private final transient Map<String, String> codes = new ConcurrentHashMap<>();

  MinimalFilter(KameleoonClient sdk) {
    this.sdk = sdk;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpSession session = request.getSession(false);
    String user =
        session != null && session.getAttribute("user") instanceof ShopPage.User signedIn
            ? signedIn.getName()
            : null;
    String presented = presented(request);
    String code = presented;
    if (user != null) {
      String linked = codes.get(user);
      if (linked == null) {
        linked = code == null ? draw() : code;
        codes.put(user, linked);
      }
      code = linked;
    } else if (code == null) {
      code = draw();
    }
    request.setAttribute(Visitor.ATTRIBUTE, new MinimalVisitor(code, user));
    request.setAttribute(Visitor.CODE_ATTRIBUTE, code);
    request.setAttribute(Visitor.VARIATIONS_ATTRIBUTE, new Variations(sdk, code));
    request.setAttribute(Visitor.VARIATION_ATTRIBUTE, new MinimalVariation(sdk, code));
    if ("navigate".equals(request.getHeader("Sec-Fetch-Mode"))) {
      response.addHeader(
          "Set-Cookie", COOKIE + "=" + code + "; Path=/; Max-Age=32832000; SameSite=Lax");
    }
    chain.doFilter(request, response);
  }

  private static String presented(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE) && isValid(cookie.getValue())) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static boolean isValid(String code) {
    if (code.isEmpty() || code.length() > 100) {
      return false;
    }
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** Draws 16 characters. */
  private String draw() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** The bean of the page. */
  public static final class MinimalVisitor {
    private final String code;
    private final String userId;

    MinimalVisitor(String code, String userId) {
      this.code = code;
      this.userId = userId;
    }

    public String getCode() {
      return code;
    }

    public String getUserId() {
      return userId;
    }
  }

  /** The variation of one feature, decided when it is read. */
  public static final class MinimalVariation {
    private final KameleoonClient sdk;
    private final String code;

    MinimalVariation(KameleoonClient sdk, String code) {
      this.sdk = sdk;
      this.code = code;
    }

    public String getKey() throws KameleoonException {
      return sdk.getFeatureVariationKey(code, BenchmarkDataFile.feature(0));
    }
  }

  /** The variations by feature, decided when they are read. */
  private static final class Variations extends AbstractMap<String, String> {
    private final KameleoonClient sdk;
    private final String code;

    Variations(KameleoonClient sdk, String code) {
      this.sdk = sdk;
      this.code = code;
    }

    @Override
    public String get(Object feature) {
      try {
        return sdk.getFeatureVariationKey(code, (String) feature);
      } catch (KameleoonException e) {
        return "off";
      }
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      return Set.of();
    }
  }
}
