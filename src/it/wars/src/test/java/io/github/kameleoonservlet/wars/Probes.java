package io.github.kameleoonservlet.wars;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests that no link leads to: errors, other methods, odd targets, large bodies. */
final class Probes {

  private Probes() {}

  static void run(WebApplication application, Trio trio) {
    String path = application.path();
    String start = application.starts().get(0);
    byte[] fields = "a=1&b=%FF&c".getBytes(StandardCharsets.ISO_8859_1);
    List.of(
            Request.page(path + "/no-such-page"),
            Request.page(path + "/no-such-page.jsp"),
            Request.page(path + "/WEB-INF/web.xml"),
            Request.page(path + "/%2e%2e/x"),
            Request.page(path + "/a;b=c/d?x=%zz&y=%00"),
            Request.page(path + "/%zz"),
            Request.page(path + "/<script>"),
            Request.page(path),
            Request.resource("OPTIONS", start),
            Request.resource("TRACE", start),
            Request.resource("PUT", path + "/no-such-page"),
            Request.resource("DELETE", start),
            Request.resource("PATCH", start),
            Request.resource("BREW", start),
            Request.resource("GET", start),
            Request.page(start).with("Cookie", "kameleoonVisitorCode=\"<script>\"; ; =; a=\"b"),
            Request.page(start).with("Range", "bytes=0-0"),
            Request.page(start).with("If-Modified-Since", "no date"),
            Request.page(start).with("If-Match", "\"none\""),
            Request.page(start).with("Accept", "application/json"),
            Request.page(start).with("Origin", "http://elsewhere.example"),
            Request.page(start).with("Sec-Purpose", "prefetch"),
            Request.form(start, "application/x-www-form-urlencoded", fields),
            Request.form(path + "/no-such-page", "application/x-www-form-urlencoded", fields),
            Request.form(start, "multipart/form-data; boundary=x", fields),
            Request.form(start, "application/json", "{\"a\":[1,2".getBytes(StandardCharsets.UTF_8)))
        .forEach(request -> trio.send(application.prepared(request)));
  }
}
