package io.github.kameleoonservlet.wars;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines that the documentation promises, and no others. Each is from the section "Logs" of
 * docs/operations.md.
 */
final class AllowedLogLines {

  private static final List<Pattern> LINES =
      List.of(
          // The settings, at the start.
          line(".*The Kameleoon visitor filter works with .*"),
          // The scenario sets no database, so that the library uses an H2 file.
          line(".*No dataSource, jdbcUrl, persistenceUnit or store is set.*"),
          // The data file of the sample has a segment that uses custom data.
          line(".*No setting supplies the custom data .*"),
          // The pool of the library's connections, which logs at INFO.
          line(
              ".*kameleoon-servlet - (Starting|Start completed|Shutdown initiated|Shutdown completed)\\..*"),
          // Tomcat's examples log each attribute of the context.
          line(".*ContextListener: attribute(Added|Removed)\\('kameleoon\\w+'.*"),
          // The first call of the H2 file can take longer than the library waits.
          line(".*The visitor code store .*(does not answer|answers again).*"),
          // The application has no SLF4J binding.
          line("SLF4J: .*"),
          // The first of two lines that Tomcat writes for a line of the library.
          line(".*(INFO|WARNING) \\[[^\\]]*\\]+ io\\.github\\.kameleoonservlet\\..*"),
          // The filter is in the stack traces of the application's exceptions.
          line("\\s*at io\\.github\\.kameleoonservlet\\..*"));

  private AllowedLogLines() {}

  static boolean contain(String line) {
    return LINES.stream().anyMatch(p -> p.matcher(line).matches());
  }

  private static Pattern line(String regex) {
    return Pattern.compile(regex);
  }
}
