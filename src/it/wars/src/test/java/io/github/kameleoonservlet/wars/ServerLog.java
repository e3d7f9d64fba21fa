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
 * The set of all lines that a server and its applications have logged, without what differs between
 * two servers: dates, threads, folders, numbers, ids. The order and the number of equal lines do
 * not count.
 *
 * <p>Frames of stack traces do not count, because reflection and proxies change them by chance. A
 * frame of this library counts if it is the first of its trace: then the library threw.
 */
final class ServerLog {

  private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[\\d;]*m");
  private static final Pattern FRAME =
      Pattern.compile("\\s*(at )?[\\w.$/@<>-]+\\([^()]*\\).*|\\s*\\.\\.\\. \\d+ .*");
  private static final Pattern OWN_FRAME =
      Pattern.compile("\\s*(at )?io\\.github\\.kameleoonservlet\\..*");
  private static final Pattern THREAD =
      Pattern.compile("\\[[^\\]]*(exec-|utility-|[Tt]hread|main|-store-)[^\\]]*\\]+");

  /** What Tomcat logs at an undeployment about a thread of the application, with its frames. */
  private static final Pattern RUNNING_THREAD =
      Pattern.compile(".*appears to have started a thread named .*Stack trace of thread:\\s*");

  /** Lines that a server logs or not, depending on the moment. */
  private static final List<Pattern> CHANCE =
      Stream.of(
              // Tomcat, at an undeployment: an answer that never ends, and the threads of
              // applications at this moment.
              ".*is still processing a request that has yet to finish\\. .*",
              // Tobago, at the start: the themes, in any order.
              ".*(ThemeStyle\\{|Theme: +)name=.*",
              // JSPWiki, at an undeployment: a thread that sleeps at this moment.
              ".*Interrupted background thread: .*")
          .map(Pattern::compile)
          .toList();

  private final Map<String, String> lines = new LinkedHashMap<>();

  /** Reads the console and all files in the folder of logs. */
  static ServerLog of(Tomcat tomcat) {
    var log = new ServerLog();
    try (Stream<Path> files = Files.list(tomcat.folder("logs"))) {
      for (Path file : files.sorted().toList()) {
        log.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  /** Adds the lines of a text. */
  ServerLog add(String text) {
    boolean afterFrame = false;
    List<String> all = COLOUR.matcher(text).replaceAll("").lines().toList();
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i);
      if (RUNNING_THREAD.matcher(line).matches() && !isFrame(all, i + 1)) {
        continue; // The thread was just ending.
      }
      boolean frame = isFrame(all, i);
      boolean counts = frame ? !afterFrame && OWN_FRAME.matcher(line).matches() : !line.isBlank();
      if (counts && CHANCE.stream().noneMatch(p -> p.matcher(line).matches())) {
        lines.put(shape(line), line);
      }
      afterFrame = frame;
    }
    return this;
  }

  private static boolean isFrame(List<String> lines, int index) {
    return index < lines.size() && FRAME.matcher(lines.get(index)).matches();
  }

  /** Returns the lines that none of these logs has. */
  List<String> linesMissingIn(List<ServerLog> others) {
    return lines.entrySet().stream()
        .filter(line -> others.stream().noneMatch(log -> log.lines.containsKey(line.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static String shape(String line) {
    String text =
        // A layout of one application can end with a blank, before the line of another.
        line.replaceFirst("^\\s*\\d\\d-\\w{3}-\\d{4} [\\d:.]+ ", "")
            .replaceAll("/[abc]/(webapps|work|temp|logs|home|conf)", "/x/$1")
            .replaceAll("request target \\[[^\\]]*\\]", "request target []");
    return THREAD
        .matcher(text)
        .replaceFirst("[]")
        .replaceAll("@[0-9a-f]+", "@#")
        .replaceAll("\\b[0-9A-Fa-f]{6,}\\b", "#")
        .replaceAll("[\\d,.:-]*\\d", "#")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
