package io.github.kameleoonservlet.wars;

import java.util.List;

/** A header field, with its name as the sender wrote it. */
record Header(String name, String value) {

  boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }

  /** Returns the value of the first field of this name, or an empty text. */
  static String first(List<Header> headers, String name) {
    return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst().orElse("");
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
