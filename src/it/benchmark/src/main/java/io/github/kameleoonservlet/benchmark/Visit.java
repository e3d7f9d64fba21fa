package io.github.kameleoonservlet.benchmark;

/** The kinds of requests that the benchmark sends. */
enum Visit {
  WITH_CODE("anonymous, with a code", "/page"),
  NEW("anonymous, new", "/page"),
  KNOWN("signed in, code cached", "/page"),
  STATIC_FILE("static file", "/css/shop.css"),
  ONE("page that reads one variation", "/page?reads=1"),
  TEN("page that reads ten variations", "/page?reads=" + BenchmarkDataFile.FEATURES),
  HEADERS("page whose code reads the header Cookie ten times", "/page?headers=10"),
  CROWDED("page that reads one, " + Visit.CROWD + " requests at once", "/page?reads=1"),
  SEGMENT("one with a segment, compared with one without", "/page?reads=1", "/page?segment=1"),
  LARGE(
      "the same, with 8 kB of User-Agent and of URL and with 200 cookies",
      "/page?reads=1",
      "/page?segment=1");

  static final int CROWD = 64;

  final String title;

  /** The page without the filter, or with the filter and without a segment. */
  final String base;

  /** The page with the filter. */
  final String path;

  Visit(String title, String path) {
    this.title = title;
    this.base = BenchmarkServer.WITHOUT + path;
    this.path = BenchmarkServer.WITH + path;
  }

  Visit(String title, String base, String path) {
    this.title = title;
    this.base = BenchmarkServer.WITH + base;
    this.path = BenchmarkServer.WITH + path;
  }

  int browsers() {
    return this == CROWDED ? CROWD : 1;
  }
}
