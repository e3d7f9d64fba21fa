package io.github.kameleoonservlet.wars;

import java.util.ArrayList;
import java.util.List;

/** A request, with the target as it stands in the first line. */
@SuppressWarnings("ArrayRecordComponent") // Requests are never compared.
record Request(String method, String target, List<Header> headers, byte[] body) {

  /** Returns a request as a browser makes it when it opens a page. */
  static Request page(String target) {
    return new Request("GET", target, List.of(), new byte[0])
        .with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .with("Sec-Fetch-Mode", "navigate")
        .with("Sec-Fetch-Dest", "document")
        .with("Sec-Fetch-Site", "same-origin");
  }

  /** Returns a request as a page makes it for an image, a script or data. */
  static Request resource(String method, String target) {
    return new Request(method, target, List.of(), new byte[0])
        .with("Accept", "*/*")
        .with("Sec-Fetch-Mode", "no-cors")
        .with("Sec-Fetch-Site", "same-origin");
  }

  /** Returns a page request that posts a form. */
  static Request form(String target, String contentType, byte[] body) {
    Request page =
        page(target).with("Content-Type", contentType).with("Origin", "http://localhost");
    return new Request("POST", target, page.headers, body);
  }

  Request with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Request(method, target, List.copyOf(more), body);
  }

  Request withMethod(String other) {
    return new Request(other, target, headers, body);
  }

  boolean isRepeatable() {
    return !method.equals("POST");
  }

  @Override
  public String toString() {
    String extra =
        headers.stream()
            .filter(h -> h.is("Range") || h.is("Accept-Encoding") || h.name().startsWith("If-"))
            .map(h -> " [" + h + "]")
            .reduce("", String::concat);
    return method + " " + target + extra;
  }
}
