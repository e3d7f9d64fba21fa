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
 * The replacement of the network for an SDK that decides from a local data file. All requests of
 * SDK 4.5.0 go through {@code NetProvider}, so that no request leaves the JVM. Thread-safe.
 *
 * <p>Each request for the configuration reads the file again, so that the SDK's refresh finds
 * changes. If the file cannot be read, the SDK gets the last content.
 */
final class OfflineNetwork implements NetProvider, OfflineTraffic {

  private static final Logger LOG = LoggerFactory.getLogger(OfflineNetwork.class);
  private static final String TOKEN = "{\"access_token\":\"offline\",\"expires_in\":86400}";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Path file;
  private final Deque<String> lines = new ArrayDeque<>();
  private volatile String dataFile;
  private volatile @Nullable String fault;

  private OfflineNetwork(Path file, String dataFile) {
    this.file = file;
    this.dataFile = dataFile;
  }

  /**
   * Reads the data file for the first time.
   *
   * @throws IllegalArgumentException if the file cannot be read as UTF-8; the message names the
   *     file
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

  /** Returns why the last fetch could not read the file; null if it could. */
  @Nullable String fault() {
    return fault;
  }

  @Override
  public void runRequest(SimpleHttpRequest request, FutureCallback<SimpleHttpResponse> callback) {
    callback.completed(answer(request));
  }

  private SimpleHttpResponse answer(SimpleHttpRequest request) {
    String path = request.getPath();
    if ("GET".equals(request.getMethod())) {
      // Offline no visitor has remote data or audiences.
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
      fault = null;
    } catch (IOException e) {
      fault = "cannot read the file: " + e;
      LOG.warn(
          "dataFile: cannot read {} ({}). Decisions use the file's last content"
              + " until the file can be read again.",
          file,
          e.toString());
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
    // There is no connection to close.
  }

  @Override
  public @Nullable String getProxyHost() {
    return null;
  }
}
