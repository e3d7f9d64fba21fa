package io.github.kameleoonservlet.wars;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An application that others wrote.
 *
 * @param name the name of its WAR and its context path
 * @param starts the targets with which the crawl begins
 * @param skipped the targets that the crawl does not request, because they end the application, the
 *     session or never
 * @param measuring the targets of pages that print measurements of the JVM, whose bodies are not
 *     compared
 * @param basic the value of the field Authorization, or an empty text
 * @param pages the highest number of targets
 * @param options what the installer gets besides the data file
 */
record WebApplication(
    String name,
    List<String> starts,
    Pattern skipped,
    Pattern measuring,
    String basic,
    int pages,
    List<String> options) {

  private static final int TARGETS = Integer.getInteger("wars.targets");
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  static WebApplication of(String name, String... starts) {
    return new WebApplication(name, List.of(starts), NOTHING, NOTHING, "", TARGETS, List.of());
  }

  WebApplication skipping(String regex) {
    return new WebApplication(
        name, starts, Pattern.compile(regex), measuring, basic, pages, options);
  }

  WebApplication measuringAt(String regex) {
    return new WebApplication(name, starts, skipped, Pattern.compile(regex), basic, pages, options);
  }

  WebApplication signedInAs(String value) {
    return new WebApplication(name, starts, skipped, measuring, value, pages, options);
  }

  WebApplication installedWith(String... more) {
    return new WebApplication(name, starts, skipped, measuring, basic, pages, List.of(more));
  }

  WebApplication upTo(int number) {
    return new WebApplication(name, starts, skipped, measuring, basic, number, options);
  }

  String path() {
    return "/" + name;
  }

  boolean mayRequest(String target) {
    boolean here =
        target.equals(path()) || target.startsWith(path() + "/") || target.startsWith(path() + ";");
    return here && !skipped.matcher(target).find();
  }

  /** Adds what every request to this application has. */
  Request prepared(Request request) {
    return basic.isEmpty() ? request : request.with("Authorization", basic);
  }

  @Override
  public String toString() {
    return name;
  }
}
