package io.github.kameleoonservlet.wars;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An application that others wrote: where it is, and how it is crawled.
 *
 * <p>The methods that describe an application change it, and return it.
 */
final class WebApplication {

  /** A change of a text file. */
  record Edit(String file, String text, String replacement) {}

  private static final int TARGETS = Integer.getInteger("wars.targets");
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final String name;
  private final List<String> starts;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<Edit> edits = new ArrayList<>();
  private final Map<String, Path> copies = new LinkedHashMap<>();
  private final Map<String, String> homeFiles = new LinkedHashMap<>();
  private int targets = TARGETS;
  private Pattern skipped = NOTHING;
  private Pattern measuring = NOTHING;
  private Pattern timing = NOTHING;
  private String authorization = "";
  private List<String> options = List.of();

  private WebApplication(String name, List<String> starts) {
    this.name = name;
    this.starts = starts;
  }

  /**
   * Returns an application.
   *
   * @param name the name of its WAR and its context path
   * @param starts the targets with which the crawl begins
   */
  static WebApplication of(String name, String... starts) {
    return new WebApplication(name, List.of(starts));
  }

  /** Excludes targets that stop the application, end the session, or never end. */
  WebApplication skipping(String regex) {
    skipped = Pattern.compile(regex);
    return this;
  }

  /**
   * Excludes the bodies of these targets from the comparison: they print measurements of the JVM,
   * jars, stack traces or random data.
   */
  WebApplication measuringAt(String regex) {
    measuring = Pattern.compile(regex);
    return this;
  }

  /** Removes these texts of all bodies before the comparison: they print durations. */
  WebApplication timingBy(String regex) {
    timing = Pattern.compile(regex);
    return this;
  }

  /** Requests at most this number of targets, because the pages are slow. */
  WebApplication upTo(int most) {
    targets = Math.min(most, TARGETS);
    return this;
  }

  /** Sends this value of the field Authorization with each request. */
  WebApplication authorizedBy(String value) {
    authorization = value;
    return this;
  }

  /** Gives the installer these options besides the data file. */
  WebApplication installedWith(String... more) {
    options = List.of(more);
    return this;
  }

  /** Adds a file to the WAR, or replaces it, with and without the filter. */
  WebApplication with(String file, String text) {
    files.put(file, text);
    return this;
  }

  /** Replaces the first occurrence of a text in a file of the WAR, with and without the filter. */
  WebApplication replacing(String file, String text, String replacement) {
    edits.add(new Edit(file, text, replacement));
    return this;
  }

  /** Adds all files of a folder to this folder of the WAR, with and without the filter. */
  WebApplication withAll(String folder, Path source) {
    copies.put(folder, source);
    return this;
  }

  /** Adds a file to the home folder of the server's user. */
  WebApplication withAtHome(String file, String text) {
    homeFiles.put(file, text);
    return this;
  }

  String name() {
    return name;
  }

  String path() {
    return "/" + name;
  }

  List<String> starts() {
    return starts;
  }

  /** Returns an answer without what the comparison leaves out. */
  Answer compared(Answer answer, Request request) {
    boolean measured = measuring.matcher(request.target()).find();
    var body = new String(answer.body(), ISO_8859_1);
    if (!measured && !timing.matcher(body).find()) {
      return answer;
    }
    String rest = measured ? "" : timing.matcher(body).replaceAll("");
    List<Header> headers = answer.headers().stream().filter(h -> !h.is("Content-Length")).toList();
    return new Answer(answer.statusLine(), headers, rest.getBytes(ISO_8859_1));
  }

  /** Returns the highest number of targets of a crawl. */
  int targets() {
    return targets;
  }

  List<String> options() {
    return options;
  }

  Map<String, String> files() {
    return files;
  }

  List<Edit> edits() {
    return edits;
  }

  Map<String, Path> copies() {
    return copies;
  }

  Map<String, String> homeFiles() {
    return homeFiles;
  }

  boolean mayRequest(String target) {
    boolean here =
        target.equals(path()) || target.startsWith(path() + "/") || target.startsWith(path() + ";");
    return here && !skipped.matcher(target).find();
  }

  /** Adds what every request to this application has. */
  Request prepared(Request request) {
    return authorization.isEmpty() ? request : request.with("Authorization", authorization);
  }

  @Override
  public String toString() {
    return name;
  }
}
