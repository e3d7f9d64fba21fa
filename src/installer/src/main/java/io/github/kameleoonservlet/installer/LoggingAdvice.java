package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.List;

/** Whether the log lines of the library reach a log. */
final class LoggingAdvice {

  private static final String BINDING = "org/slf4j/impl/StaticLoggerBinder";
  private static final String PROVIDER = "org.slf4j.spi.SLF4JServiceProvider";

  private LoggingAdvice() {}

  /**
   * Returns what to do so that the library logs, or nothing.
   *
   * @param libraries the jars after the installation
   */
  static List<String> of(List<Library> libraries) {
    List<String> advice = new ArrayList<>();
    boolean isVersion2 =
        libraries.stream()
            .anyMatch(jar -> jar.classNames().contains("org/slf4j/spi/SLF4JServiceProvider"));
    List<String> bindings = names(libraries, false);
    List<String> providers = names(libraries, true);
    if (isVersion2 ? providers.isEmpty() : bindings.isEmpty()) {
      List<String> others = isVersion2 ? bindings : providers;
      advice.add(
          "No SLF4J "
              + (isVersion2 ? "2.0" : "1.7")
              + " binding is in WEB-INF/lib"
              + (others.isEmpty()
                  ? ""
                  : " (" + String.join(", ", others) + " is for the other version of SLF4J)")
              + ": on Tomcat the library logs nothing. Add org.slf4j:slf4j-jdk14:"
              + (isVersion2 ? "2.0.17" : "1.7.36")
              + ", for example.");
    }
    return advice;
  }

  private static List<String> names(List<Library> libraries, boolean isProvider) {
    return libraries.stream()
        .filter(
            jar ->
                isProvider ? jar.services().contains(PROVIDER) : jar.classNames().contains(BINDING))
        .map(Library::fileName)
        .toList();
  }
}
