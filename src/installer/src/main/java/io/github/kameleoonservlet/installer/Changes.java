package io.github.kameleoonservlet.installer;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The files that the command writes into the WAR, and those that it removes. */
final class Changes {

  private final Map<String, byte[]> written = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();

  void write(String name, byte[] content) {
    written.put(name, content);
  }

  void remove(String name) {
    removed.add(name);
  }

  /** Returns the new content by the name of the file in the WAR. */
  Map<String, byte[]> written() {
    return written;
  }

  /** Returns the names of the files that the result does not have. */
  Set<String> removed() {
    return removed;
  }

  boolean isEmpty() {
    return written.isEmpty() && removed.isEmpty();
  }
}
