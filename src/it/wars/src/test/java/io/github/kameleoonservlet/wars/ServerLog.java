package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All lines that a server and its applications have logged, without what differs between two
 * servers.
 */
final class ServerLog {

  /**
   * A thread dump. hawtio attaches to every JVM of the machine; a JVM that is slow to answer then
   * prints a dump.
   */
  private static final Pattern THREAD_DUMP =
      Pattern.compile("[\\d: -]+\\RFull thread dump (?s:.*?)\\R *class space [^\\n]*\\R");

  private final Map<String, String> lines = new LinkedHashMap<>();

  /** Reads the console and all files in the folder of logs. */
  static ServerLog of(Tomcat tomcat) {
    var log = new ServerLog();
    try (Stream<Path> files = Files.list(tomcat.folder("logs"))) {
      for (Path file : files.sorted().toList()) {
        THREAD_DUMP
            .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
            .replaceAll("")
            .lines()
            .forEach(line -> log.lines.put(shape(line), line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  /** Returns the lines that none of these logs has. */
  List<String> linesMissingIn(List<ServerLog> others) {
    return lines.entrySet().stream()
        .filter(line -> others.stream().noneMatch(log -> log.lines.containsKey(line.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * Drops date, thread and server folder, and replaces numbers, session ids and targets. Of all
   * malformed targets each of Tomcat's processors logs the first that it gets.
   */
  private static String shape(String line) {
    return line.replaceFirst("^\\d\\d-\\w{3}-\\d{4} [\\d:.]+ (\\w+) \\[[^\\]]*\\]+", "$1")
        .replaceAll("/[abc]/(webapps|work|temp|logs|home|conf)", "/x/$1")
        .replaceAll("request target \\[[^\\]]*\\]", "request target []")
        .replaceAll("\\b[0-9A-Fa-f]{6,}\\b", "#")
        .replaceAll("\\d+(,\\d+)*", "#");
  }
}
