package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.network.netprovider.NetProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the network: answers the SDK's calls in process, the configuration from a file.
 * {@code NetProvider} is the SDK's only way out (4.5.0), so nothing leaves the JVM. Thread-safe.
 *
 * <p>The file is read at each request for the configuration, so that the SDK's own refresh takes
 * changes up; while it cannot be read, the last text stands.
 */
final class OfflineNetwork implements NetProvider, OfflineTraffic {

  private static final Logger LOG = LoggerFactory.getLogger(OfflineNetwork.class);
  private static final String TOKEN = "{\"access_token\":\"offline\",\"expires_in\":86400}";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Path file;
  private final Deque<String> lines = new ArrayDeque<>();
  private volatile String dataFile;

  private OfflineNetwork(Path file, String dataFile) {
    this.file = file;
    this.dataFile = dataFile;
  }

  /**
   * Reads the data file for the first time.
   *
   * @throws IllegalArgumentException when it cannot be read as UTF-8
   */
  static OfflineNetwork open(String path) {
    Path file = Path.of(path).toAbsolutePath();
    try {
      return new OfflineNetwork(file, Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("dataFile: cannot read " + file + ": " + e, e);
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void runRequest(SimpleHttpRequest request, FutureCallback<SimpleHttpResponse> callback) {
    callback.completed(answer(request));
  }

  private SimpleHttpResponse answer(SimpleHttpRequest request) {
    String path = request.getPath();
    if ("GET".equals(request.getMethod())) {
      // Remote visitor data and audiences: nobody has any.
      return path.contains("/visit/") || path.contains("/map/")
          ? json(NOT_FOUND, "{}")
          : json(OK, configuration());
    }
    if (path.contains("/oauth/token")) {
      return json(OK, TOKEN);
    }
    keep(request.getBodyText());
    return json(OK, "");
  }

  private static SimpleHttpResponse json(int status, String body) {
    return SimpleHttpResponse.create(status, body, ContentType.APPLICATION_JSON);
  }

  private String configuration() {
    try {
      dataFile = Files.readString(file);
    } catch (IOException e) {
      LOG.warn(
          "dataFile: cannot read {} ({}). Decisions use its last content.", file, e.toString());
    }
    return dataFile;
  }

  private void keep(@Nullable String body) {
    if (body == null) {
      return;
    }
    synchronized (lines) {
      body.lines().filter(line -> !line.isBlank()).forEach(lines::addLast);
      while (lines.size() > LINES_KEPT) {
        lines.removeFirst();
      }
    }
  }

  @Override
  public List<String> sentLines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  @Override
  public @Nullable String getProxyHost() {
    return null;
  }
}
