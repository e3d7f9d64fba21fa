package io.github.kameleoonservlet.wars;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines that the filter adds to a log, and no others: those of the section "Logs" of
 * docs/operations.md, and those of the library's pool, of SLF4J and of listeners of the
 * applications.
 */
final class AllowedLogLines {

  /** What the log libraries of the applications write before a message: level, time, logger. */
  private static final String BEFORE = "[^'\"]*?(\\b|\\. )";

  private static final List<Pattern> LINES =
      Stream.of(
              // The settings, at the start.
              "The Kameleoon visitor filter works with .*",
              // The scenario sets no database, so that the library uses an H2 file.
              "No dataSource, jdbcUrl, persistenceUnit or store is set\\. The visitor codes are kept"
                  + " in the H2 file \\S+, which serves one server and no parallel deployment\\."
                  + " Set one of these settings for production\\.",
              // The data file of the sample has a segment that uses custom data.
              "Data file: No setting supplies the custom data 1: set customData\\.<index>, or call"
                  + " Visitor\\.addCustomData before the decision\\. Features: welcome-gift\\.",
              // The pool of the library's connections, which logs at INFO.
              "kameleoon-servlet - (Starting|Start completed|Shutdown initiated|Shutdown completed)"
                  + "\\.( ?\\.\\.)?",
              // The same pool, on a machine that is very busy.
              "kameleoon-servlet - Thread starvation or clock leap detected \\(.*\\)\\.",
              // The first call of the H2 file can take longer than the library waits.
              "The visitor code store does not answer \\([\\w ,]*\\)\\. During the outage users"
                  + " whose code is not cached are served without a code\\.",
              "The visitor code store answers again\\.",
              // OpenWebBeans logs each jar that it searches. The command adds jars.
              "added beans archive URL: file:\\S+/WEB-INF/lib/[\\w.-]+\\.jar",
              // Tomcat's examples log each attribute of the context.
              "ContextListener: attribute(Added|Removed)\\('kameleoon\\w+', '.*'\\)",
              // Tomcat searches the jars that the command adds. Without them an application may
              // have none.
              "At least one JAR was scanned for TLDs yet contained no TLDs\\. .*",
              // The application has no SLF4J binding.
              "SLF4J: Failed to load class \"org\\.slf4j\\.impl\\.StaticLoggerBinder\"\\.",
              "SLF4J: Defaulting to no-operation \\(NOP\\) logger implementation",
              "SLF4J: See http://www\\.slf4j\\.org/codes\\.html#StaticLoggerBinder for further"
                  + " details\\.")
          .map(message -> Pattern.compile(BEFORE + message))
          .toList();

  private AllowedLogLines() {}

  static boolean contain(String line) {
    return LINES.stream().anyMatch(p -> p.matcher(line).matches());
  }
}
