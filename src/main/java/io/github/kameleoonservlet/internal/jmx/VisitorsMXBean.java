package io.github.kameleoonservlet.internal.jmx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one filter as JMX shows them. Names of outcomes, reasons, operations, results and
 * types are those of the constants in the code. Public, because JMX requires it.
 */
public interface VisitorsMXBean {

  /** Returns the time of the filter's start in ISO 8601. */
  String getSince();

  /** Returns the requests since the start by outcome. */
  Map<String, Long> getRequests();

  /** Returns the preview links and cookies that had no effect. */
  long getInvalidPreviews();

  /** Returns the decisions since the start by reason. */
  Map<String, Long> getDecisions();

  /** Returns the state of the store. */
  String getStoreState();

  /**
   * Returns the calls of the store since the start, by operation and result: {@code FIND ANSWERED}.
   */
  Map<String, Long> getStoreCalls();

  /** Returns how long half of the searches in the store take at most, in milliseconds. */
  double getStoreFindMedianMillis();

  /** Returns how long 95 of 100 searches in the store take at most, in milliseconds. */
  double getStoreFindP95Millis();

  /** Returns how long 99 of 100 searches in the store take at most, in milliseconds. */
  double getStoreFindP99Millis();

  /** Returns the searches that the cache answered. */
  long getCacheHits();

  /** Returns the searches that the cache did not answer. */
  long getCacheMisses();

  /** Returns the outages of the store since the start. */
  int getStoreOutages();

  /** Returns how often the library detected a wrong user id, by kind. */
  Map<String, Long> getUserIdWarnings();

  /** Returns the state of the platform. */
  String getPlatformState();

  /** Returns the age of the data file in seconds, or null. */
  @Nullable Long getDataFileAgeSeconds();

  /** Returns the events that are not sent yet, or null if unknown. */
  @Nullable Long getEventsPending();

  /** Returns the events that the platform has accepted, or null if unknown. */
  @Nullable Long getEventsSent();

  /** Returns the events that will never be sent, or null if unknown. */
  @Nullable Long getEventsLost();

  /**
   * Returns the requests to the platform by type and status: {@code DATA_FILE 200}, or {@code
   * EVENTS NO_ANSWER}.
   */
  Map<String, Long> getPlatformRequests();
}
