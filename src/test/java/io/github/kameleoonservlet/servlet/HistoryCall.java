package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.internal.visitor.RequestVisitor;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A call of the JSON API, through filter and servlet. */
final class HistoryCall {

  /** The calls; the argument is a code, or the rest of the event's text. */
  enum Name {
    VISITOR_CODE("GET", "/visitorCode"),
    VISITOR_CODE_BY_HEAD("HEAD", "/visitorCode"),
    SYNC_VISITOR("POST", "/syncVisitor"),
    SYNC_VISITOR_FROM_ANOTHER_SITE("POST", "/syncVisitor"),
    VARIATION("POST", "/variation"),
    VARIATION_TRACKED("POST", "/variation"),
    VARIATIONS("GET", "/variations"),
    VARIATIONS_FOR("GET", "/variations"),
    CONVERSION("POST", "/conversion"),
    CONVERSION_FOR("POST", "/conversion"),
    CONSENT_GRANTED("POST", "/consent"),
    CONSENT_REFUSED("POST", "/consent"),
    ERASE("DELETE", "/visitor");

    private final String method;
    private final String path;

    Name(String method, String path) {
      this.method = method;
      this.path = path;
    }

    boolean asksConsent() {
      return this == CONSENT_GRANTED || this == CONSENT_REFUSED;
    }

    Consent answer() {
      return this == CONSENT_GRANTED ? Consent.GIVEN : Consent.REFUSED;
    }

    boolean takesCode() {
      return this == SYNC_VISITOR
          || this == VARIATION
          || this == VARIATIONS_FOR
          || this == CONVERSION_FOR;
    }

    /** Returns the provider call that this API call causes for a code, or null. */
    String reaches(String code) {
      return switch (this) {
        case VARIATION, VARIATIONS -> "decide " + code + " banner";
        case VARIATION_TRACKED -> "decide " + code + " banner exposed";
        case CONVERSION -> "conversion " + code + " 1 0.0";
        default -> null;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final HistoryWorld world;
  private final HistoryBrowser browser;
  private final HistoryWorld.Node node;

  HistoryCall(HistoryWorld world, int browser, int node) {
    this.world = world;
    this.browser = world.browsers.get(browser);
    this.node = world.nodes.get(node);
  }

  void call(Name name, String code, boolean answersLate) {
    MockHttpServletRequest request = request(name, code);
    MockHttpServletResponse response = new MockHttpServletResponse();
    String user = browser.user;
    HistoryBrowser.Jar jar = browser.jar;
    int failures = world.database.failures;
    HistoryRules rules =
        new HistoryRules(
            world, node, browser.jar, browser.jar, user, name == Name.VISITOR_CODE_BY_HEAD, true);
    rules.begin();
    if (name == Name.ERASE) {
      world.links.erasing.add(String.valueOf(user));
    }
    try {
      node.filter.doFilter(request, response, new MockFilterChain(new KameleoonVisitorServlet()));
    } catch (IOException | ServletException e) {
      throw new AssertionError(world.story(), e);
    }
    if (name == Name.ERASE) {
      world.links.erasing.remove(String.valueOf(user));
    }
    world.tell("status", response.getStatus());
    if (response.getStatus() == 503) {
      world.require(
          user != null && world.database.failures > failures,
          "a call fails only for a known user while the store is down",
          "503");
    } else {
      world.require(
          response.getStatus() == status(name), "a call is answered", response.getStatus());
      check(name, code, (RequestVisitor) request.getAttribute(Visitor.ATTRIBUTE), response, rules);
    }
    List<String> cookies = response.getHeaders("Set-Cookie");
    if (response.getStatus() == 200 && name.asksConsent()) {
      world.require(
          jar.after(cookies).answer() == name.answer(),
          "the browser has the answer that was given",
          cookies);
    }
    rules.end(cookies, false, false);
    if (name == Name.ERASE && response.getStatus() == 204) {
      world.require(
          browser.jar.after(cookies).codes().isEmpty(), "an erased browser has no code", cookies);
      world.require(
          user == null || world.links.of(user) == null || world.overtaken,
          "an erased user has no link",
          world.links);
    }
    if (answersLate) {
      browser.underWay.add(cookies);
    } else {
      browser.jar = browser.jar.after(cookies);
    }
  }

  private int status(Name name) {
    return switch (name) {
      case CONVERSION, CONVERSION_FOR, ERASE -> 204;
      case SYNC_VISITOR_FROM_ANOTHER_SITE -> 403;
      case CONSENT_GRANTED, CONSENT_REFUSED -> world.rules.consentRequired() ? 200 : 409;
      default -> 200;
    };
  }

  private void check(
      Name name,
      String code,
      RequestVisitor visitor,
      MockHttpServletResponse response,
      HistoryRules rules) {
    if (name == Name.ERASE) {
      rules.erased();
      return;
    }
    if (response.getStatus() > 204) {
      world.require(
          visitor.toString().equals("Visitor[not resolved]"), "a problem resolves nothing", "");
      return;
    }
    if (name.asksConsent()) {
      rules.consents(name.answer());
    }
    if (name.takesCode()) {
      rules.announces(code);
    }
    rules.resolved(visitor, visitor.getCode());
    if (name.reaches(visitor.getCode()) != null) {
      rules.reaches(name.reaches(visitor.getCode()));
    }
    if (name == Name.CONSENT_REFUSED) {
      rules.refused();
    }
    rules.used(visitor, name == Name.VARIATION_TRACKED);
    if (response.getStatus() == 200) {
      world.require(
          code(response) == null
              ? visitor.getOutcome().isRequestOnly()
              : code(response).equals(visitor.getCode()) && !visitor.getOutcome().isRequestOnly(),
          "the answer contains the code, but null for a request-only code",
          code(response));
    }
  }

  private static String code(MockHttpServletResponse response) {
    byte[] bytes = response.getContentAsByteArray();
    JsonObject answer =
        Json.createReader(new StringReader(new String(bytes, StandardCharsets.UTF_8))).readObject();
    return answer.isNull("visitorCode") ? null : answer.getString("visitorCode");
  }

  private MockHttpServletRequest request(Name name, String code) {
    MockHttpServletRequest request =
        new MockHttpServletRequest(world.api, name.method, "/api" + name.path);
    request.setServletPath("/api");
    request.setPathInfo(name.path);
    request.setServerName("www.shop.example");
    request.setHttpServletMapping(
        new MockHttpServletMapping(name.path, "/api/*", "api", MappingMatch.PATH));
    request.setAsyncSupported(true);
    request.setAttribute("user", browser.user);
    request.setContentType("application/json");
    if (name == Name.SYNC_VISITOR_FROM_ANOTHER_SITE) {
      request.addHeader("Sec-Fetch-Site", "cross-site");
    }
    if (name == Name.VARIATIONS_FOR) {
      request.addHeader("X-Kameleoon-Visitor-Code", code);
    }
    browser.jar.headers().forEach(cookie -> request.addHeader("Cookie", cookie));
    request.setContent(
        switch (name) {
          case SYNC_VISITOR, SYNC_VISITOR_FROM_ANOTHER_SITE ->
              bytes("{\"visitorCode\":\"" + code + "\"}");
          case VARIATION -> bytes("{\"featureKey\":\"banner\",\"visitorCode\":\"" + code + "\"}");
          case VARIATION_TRACKED -> bytes("{\"featureKey\":\"banner\",\"track\":true}");
          case CONVERSION -> bytes("{\"goalId\":1}");
          case CONVERSION_FOR -> bytes("{\"goalId\":1,\"visitorCode\":\"" + code + "\"}");
          case CONSENT_GRANTED -> bytes("{\"granted\":true}");
          case CONSENT_REFUSED -> bytes("{\"granted\":false}");
          default -> new byte[0];
        });
    return request;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
