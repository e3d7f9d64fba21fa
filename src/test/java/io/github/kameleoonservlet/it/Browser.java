package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.it.Page.Header;
import io.github.kameleoonservlet.testing.CookieJar;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A browser with its cookies. Sends the headers that Chromium sends with a navigation, follows
 * redirects, and fails when a response carries two visitor cookies. Not thread-safe.
 */
final class Browser {

  static final String COOKIE = "kameleoonVisitorCode";
  private static final String CONSENT = "kameleoonConsent";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  private static final Map<String, String> PAGE =
      Map.of(
          "Accept", "text/html,application/xhtml+xml,*/*;q=0.8",
          "Sec-Fetch-Site", "same-origin",
          "Sec-Fetch-Mode", "navigate",
          "Sec-Fetch-Dest", "document");
  private static final Map<String, String> SCRIPT =
      Map.of(
          "Accept", "*/*",
          "Sec-Fetch-Site", "same-origin",
          "Sec-Fetch-Mode", "cors",
          "Sec-Fetch-Dest", "empty");
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "Accept", "text/html,application/xhtml+xml,*/*;q=0.8",
          "Origin", "https://elsewhere.example",
          "Sec-Fetch-Site", "cross-site",
          "Sec-Fetch-Mode", "navigate",
          "Sec-Fetch-Dest", "document");
  private static final Map<String, String> APP = Map.of("Accept", "application/json");

  private final URI base;
  private final CookieJar cookies;
  private final boolean app;
  private String userAgent;

  private Browser(URI base, CookieJar cookies, boolean app) {
    this.base = base;
    this.cookies = cookies;
    this.app = app;
    this.userAgent =
        app
            ? "FernAndKettle/1.0 (Android 16)"
            : "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36";
  }

  /**
   * Creates a browser without cookies. Paths are relative to {@code base}, which ends with a slash.
   */
  Browser(URI base) {
    this(base, new CookieJar(), false);
  }

  /** Returns a phone's app: the app keeps cookies and sends no navigation headers. */
  static Browser app(URI base) {
    return new Browser(base, new CookieJar(), true);
  }

  /** Returns a browser with the cookies of this browser, at another server. */
  Browser at(URI other) {
    return new Browser(other, cookies, app);
  }

  /** Creates a browser with a visitor code from an earlier visit. */
  Browser(URI base, String code) {
    this(base);
    cookies.put(COOKIE, code);
  }

  /** Changes the User-Agent of all later requests, and returns this browser. */
  Browser named(String other) {
    userAgent = other;
    return this;
  }

  /** Returns the value of the {@code Cookie} header. */
  String cookieHeader() {
    return cookies.header();
  }

  /** Sets the cookie by which the visitor consents in the shop. */
  void consent() {
    cookies.put(CONSENT, "granted");
  }

  /** Returns the value of the shop's consent cookie, or null. */
  String answer() {
    return cookies.get(CONSENT);
  }

  /** Returns the visitor code in the cookie, or null. */
  String code() {
    return cookies.get(COOKIE);
  }

  /** Opens a page. */
  Page open(String path) {
    return navigate(base.resolve(path), null);
  }

  /** Sends a form, given as names and values in turn. */
  Page submit(String path, String... fields) {
    return navigate(base.resolve(path), form(fields));
  }

  /** Sends a form without following the redirect. */
  Page submitAndStay(String path, String... fields) {
    return post(base.resolve(path), form(fields));
  }

  /** Sends a form from a page of another site without following the redirect. */
  Page submitFromElsewhere(String path, String... fields) {
    String type = "application/x-www-form-urlencoded";
    return send(base.resolve(path), "POST", type, form(fields), ELSEWHERE);
  }

  /** Makes an API call as an app does, with a JSON body unless {@code json} is null. */
  Page call(String method, String path, String json) {
    return send(base.resolve(path), method, "application/json", json, SCRIPT);
  }

  /** Posts as a page's script that names no content type: the browser then sends plain text. */
  Page fetchPost(String path, String text) {
    return send(base.resolve(path), "POST", "text/plain;charset=UTF-8", text, SCRIPT);
  }

  /** Signs in at the shop, and follows the redirect to the first page. */
  Page signIn(String user) {
    return submit("login", "user", user, "password", "demo");
  }

  /** Signs out, and follows the redirect to the first page. */
  Page signOut() {
    return submit("logout");
  }

  /** Fetches a path in the background, as a script or an element of the page does. */
  Page fetch(String path) {
    return send(base.resolve(path), "GET", null, null, SCRIPT);
  }

  private Page navigate(URI address, String form) {
    Page page = form == null ? get(address) : post(address, form);
    for (int hops = 0; page.status() / 100 == 3; hops++) {
      assertThat(hops).as("redirects").isLessThan(5);
      address = address.resolve(page.header("location").findFirst().orElseThrow());
      page = get(address);
    }
    return page;
  }

  private Page get(URI address) {
    return send(address, "GET", null, null, PAGE);
  }

  private Page post(URI address, String form) {
    return send(address, "POST", "application/x-www-form-urlencoded", form, PAGE);
  }

  private Page send(
      URI address, String method, String contentType, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("User-Agent", userAgent)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    (app ? APP : headers).forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies.header());
    }
    if (body != null) {
      request.header("Content-Type", contentType);
    }
    Page page = page(exchange(request.build()));
    assertThat(page.visitorCookies()).as("visitor cookies of " + address).hasSizeLessThan(2);
    page.header("set-cookie").forEach(cookies::keep);
    return page;
  }

  private static HttpResponse<String> exchange(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Page page(HttpResponse<String> response) {
    List<Header> headers = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
    return new Page(response.statusCode(), headers, response.body());
  }

  private static String form(String... fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(
          URLEncoder.encode(fields[i], UTF_8) + "=" + URLEncoder.encode(fields[i + 1], UTF_8));
    }
    return String.join("&", pairs);
  }
}
