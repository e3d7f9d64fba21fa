package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command prints: headings with lines. */
final class Report {

  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  /** Adds lines below a heading. No lines add no heading. */
  void add(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      sections.computeIfAbsent(heading, name -> new ArrayList<>()).addAll(lines);
    }
  }

  void add(String heading, String line) {
    add(heading, List.of(line));
  }

  /** Returns the text, with line feeds. */
  String text() {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (heading, lines) -> {
          text.append(text.isEmpty() ? "" : "\n").append(heading).append('\n');
          lines.forEach(line -> text.append("  ").append(ZipChecks.printable(line)).append('\n'));
        });
    return text.toString();
  }
}
