package io.github.kameleoonservlet.benchmark.nodes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** A browser of one user, with its cookies. The lock lets one thread at a time use it. */
final class Device {

  private static final String COOKIE = "kameleoonVisitorCode";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  final ReentrantLock inUse = new ReentrantLock();
  final String user;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** The response to the sign-in, or null while the user is not signed in. */
  private Answer signIn;

  Device(String user) {
    this.user = user;
  }

  /** Returns the visitor code in the cookie, or null. */
  String code() {
    return cookies.get(COOKIE);
  }

  boolean isSignedIn() {
    return signIn != null;
  }

  /** Returns the time at which the sign-in form was sent, by {@link System#nanoTime()}. */
  long signInBegan() {
    return signIn.began();
  }

  /** Returns the time at which the response to the sign-in had arrived. */
  long signInEnded() {
    return signIn.ended();
  }

  /** Records that the session is lost. */
  void signedOut() {
    signIn = null;
  }

  /** Opens the first page. */
  Answer page(URI base) {
    return send(navigation(base, "").GET().build());
  }

  /** Calls the API. */
  Answer visitorCode(URI base) {
    return send(request(base, "api/visitorCode").GET().build());
  }

  /** Erases the link of the user. */
  Answer erase(URI base) {
    return send(request(base, "api/visitor").DELETE().build());
  }

  /** Sends the sign-in form; does not follow the redirect of the response. */
  Answer signIn(URI base) {
    Answer answer =
        send(
            navigation(base, "login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("user=" + user + "&password=demo"))
                .build());
    if (answer.status() == 302) {
      signIn = answer;
    }
    return answer;
  }

  private HttpRequest.Builder navigation(URI base, String path) {
    return request(base, path)
        .setHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .header("Sec-Fetch-Site", "same-origin")
        .header("Sec-Fetch-Mode", "navigate")
        .header("Sec-Fetch-Dest", "document");
  }

  private HttpRequest.Builder request(URI base, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "*/*")
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private Answer send(HttpRequest request) {
    String name = request.method() + " " + request.uri().getPath();
    long began = System.nanoTime();
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(this::keep);
      return new Answer(
          name,
          response.statusCode(),
          response.headers().firstValue(Nginx.UPSTREAM).orElse(""),
          response.body(),
          began,
          System.nanoTime());
    } catch (IOException e) {
      return new Answer(name, 0, "", e.toString(), began, System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void keep(String setCookie) {
    String[] cookie = setCookie.split(";", 2)[0].split("=", 2);
    if (setCookie.toLowerCase(Locale.ROOT).contains("max-age=0")) {
      cookies.remove(cookie[0]);
    } else {
      cookies.put(cookie[0], cookie[1]);
    }
  }
}
