package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.it.Page.Header;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser with its cookies. Sends what Chromium sends with a navigation, follows redirects, and
 * fails when an answer carries two visitor cookies. Not thread-safe: one person at a time.
 */
final class Browser {

  static final String COOKIE = "kameleoonVisitorCode";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  private final URI base;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** A browser without cookies. Paths are relative to {@code base}, which ends with a slash. */
  Browser(URI base) {
    this.base = base;
  }

  /** The same, with a visitor code from before. */
  Browser(URI base, String code) {
    this(base);
    cookies.put(COOKIE, code);
  }

  /** The visitor code in the cookie, or null. */
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

  /** Sends a form and stays: the redirect is not followed. */
  Page submitAndStay(String path, String... fields) {
    return send(base.resolve(path), form(fields), true);
  }

  /** Signs in at the shop and ends on its first page. */
  Page signIn(String user) {
    return submit("login", "user", user, "password", "demo");
  }

  /** Signs out and ends on the first page. */
  Page signOut() {
    return submit("logout");
  }

  /** Fetches something in the background, as a script or an element of the page does. */
  Page fetch(String path) {
    return send(base.resolve(path), null, false);
  }

  /** Posts JSON, as an app does. */
  Page post(String path, String json) {
    return send(
        request(base.resolve(path), false)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private Page navigate(URI address, String form) {
    Page page = send(address, form, true);
    for (int hops = 0; page.status() / 100 == 3; hops++) {
      assertThat(hops).as("redirects").isLessThan(5);
      address = address.resolve(page.header("location").findFirst().orElseThrow());
      page = send(address, null, true);
    }
    return page;
  }

  private Page send(URI address, String form, boolean navigation) {
    HttpRequest.Builder request = request(address, navigation);
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(form));
    }
    return send(request);
  }

  private HttpRequest.Builder request(URI address, boolean navigation) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36")
            .header("Accept", navigation ? "text/html,application/xhtml+xml,*/*;q=0.8" : "*/*")
            .header("Sec-Fetch-Site", "same-origin")
            .header("Sec-Fetch-Mode", navigation ? "navigate" : "no-cors")
            .header("Sec-Fetch-Dest", navigation ? "document" : "empty");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private Page send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    Page page = page(exchange(request));
    assertThat(page.visitorCookies()).as("visitor cookies of " + request.uri()).hasSizeLessThan(2);
    page.header("set-cookie").forEach(this::keep);
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

  private void keep(String setCookie) {
    String[] cookie = setCookie.split(";", 2)[0].split("=", 2);
    if (setCookie.toLowerCase(Locale.ROOT).contains("max-age=0")) {
      cookies.remove(cookie[0]);
    } else {
      cookies.put(cookie[0], cookie[1]);
    }
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
