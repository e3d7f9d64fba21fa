package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A browser with its cookies, which sends requests to one application of one server.
 *
 * <p>For use by one thread at a time.
 */
final class Browser implements AutoCloseable {

  static final String VISITOR_COOKIE = "kameleoonVisitorCode";

  private final int port;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private Connection connection;

  Browser(int port) {
    this.port = port;
  }

  /** Sends a request. Opens a connection again if the server has closed the old one. */
  Answer send(Request request) {
    try {
      boolean fresh = connection == null || !connection.isReusable();
      if (fresh) {
        open();
      }
      try {
        return keepCookies(connection.send(request, cookieHeader()));
      } catch (IOException e) {
        if (fresh) {
          throw e;
        }
        open();
        return keepCookies(connection.send(request, cookieHeader()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    } catch (RuntimeException e) {
      throw new IllegalStateException(request.toString(), e);
    }
  }

  /** Sends a request, and follows up to five redirects of this server. */
  Answer open(String target) {
    Answer answer = send(Request.page(target));
    for (int hop = 0; hop < 5 && answer.isRedirect(); hop++) {
      answer = send(Request.page(Links.target(answer.header("Location"), target)));
    }
    return answer;
  }

  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  void setCookie(String name, String value) {
    cookies.put(name, value);
  }

  private void open() throws IOException {
    close();
    connection = new Connection(port);
  }

  private List<Header> cookieHeader() {
    if (cookies.isEmpty()) {
      return List.of();
    }
    List<String> pairs = new ArrayList<>();
    cookies.forEach((name, value) -> pairs.add(name + "=" + value));
    return List.of(new Header("Cookie", String.join("; ", pairs)));
  }

  private Answer keepCookies(Answer answer) {
    for (Header header : answer.headers()) {
      if (header.is("Set-Cookie")) {
        String pair = header.value().split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (header.value().toLowerCase(Locale.ROOT).contains("max-age=0")) {
          cookies.remove(name);
        } else {
          cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
      }
    }
    return answer;
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
