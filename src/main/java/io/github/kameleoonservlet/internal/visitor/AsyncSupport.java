package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once that the application starts asynchronous processing, and that this filter or one before
 * it does not support it. An application that never starts it needs no {@code <async-supported>}. A
 * call of {@code isAsyncSupported()} does not count, because Tomcat calls it before each servlet.
 * Thread-safe.
 */
public final class AsyncSupport {

  private static final Logger LOG = LoggerFactory.getLogger(AsyncSupport.class);

  private final FirstOccurrences missing = new FirstOccurrences();

  /**
   * Notes that the application starts asynchronous processing.
   *
   * @param supported whether this filter and those before it support it
   */
  void starts(boolean supported) {
    if (!supported && missing.isFirst()) {
      LOG.warn(
          "Asynchronous servlets behind this filter do not work: add"
              + " <async-supported>true</async-supported> to the <filter> in web.xml (and to the"
              + " filters before it).");
    }
  }
}
