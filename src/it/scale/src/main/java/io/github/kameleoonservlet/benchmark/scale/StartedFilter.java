package io.github.kameleoonservlet.benchmark.scale;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Starts the filter, and waits until a page of a known user has the stored code. */
final class StartedFilter {

  private static final String DATA_FILE =
      "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json";
  private static final long PAUSE_NANOS = 200_000;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final Times heaps = new Times();
  private final ScaleDatabase database;
  private final String set;

  StartedFilter(ScaleDatabase database, String set) {
    this.database = database;
    this.set = set;
  }

  /** Starts and stops the filter once. Returns the time to the first page, in nanoseconds. */
  long once() {
    long before = Heap.used();
    KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
    MockFilterConfig config = new MockFilterConfig();
    config.addInitParameter("dataFile", DATA_FILE);
    // Without this setting each start logs a WARN, because the data file has a condition on the
    // datum.
    config.addInitParameter("customData.1", "none");
    config.addInitParameter("jdbcUrl", database.url(set));
    config.addInitParameter("jdbcUser", database.user());
    long began = System.nanoTime();
    try {
      filter.init(config);
      while (!hasStoredCode(filter)) {
        if (System.nanoTime() - began > LONGEST_NANOS) {
          throw new WrongResultException("a known user's page has no stored code");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      long time = System.nanoTime() - began;
      heaps.add(Heap.used() - before);
      return time;
    } catch (ServletException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      filter.destroy();
    }
  }

  private static boolean hasStoredCode(KameleoonVisitorFilter filter)
      throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setUserPrincipal(() -> MadeUpUsers.id(1));
    request.addHeader("Accept", "text/html");
    request.setAsyncSupported(true);
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    if (visitor.getOutcome().isRequestOnly()) {
      return false;
    }
    if (!visitor.getCode().equals(MadeUpUsers.code(1).value())) {
      throw new WrongResultException("a known user's page has another code");
    }
    return true;
  }

  /** Returns the memory that the filter keeps after its first page, in MB. */
  String megabytes() {
    return String.format(Locale.ROOT, "%.1f MB", heaps.micros(0.5) / 1e3);
  }
}
