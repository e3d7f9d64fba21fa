package io.github.kameleoonservlet.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Records the lines of all loggers or of one logger, from a level on, until the record is closed.
 */
public final class RecordedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger;
  private final @Nullable Level levelBefore;
  private final boolean additiveBefore;
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  /** Starts to record the lines of all loggers, of this level and above. */
  public RecordedLog(Level level) {
    this((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME), level);
  }

  /**
   * Starts to record the lines of one logger and its children, of this level and above. No other
   * appender gets these lines until the record is closed.
   */
  public RecordedLog(String logger, Level level) {
    this((Logger) LoggerFactory.getLogger(logger), level);
    this.logger.setAdditive(false);
  }

  private RecordedLog(Logger logger, Level level) {
    this.logger = logger;
    levelBefore = logger.getLevel();
    additiveBefore = logger.isAdditive();
    logger.setLevel(level);
    setContext(logger.getLoggerContext());
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** Returns all lines, with the messages of their exceptions. */
  public List<String> lines() {
    return events.stream().map(RecordedLog::line).toList();
  }

  private static String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    line.append(event.getLevel()).append(' ').append(event.getLoggerName());
    line.append(": ").append(event.getFormattedMessage());
    for (IThrowableProxy t = event.getThrowableProxy(); t != null; t = t.getCause()) {
      line.append('\n').append(t.getMessage());
    }
    return line.toString();
  }

  /** Returns the messages of this level and above, without loggers and exceptions. */
  public List<String> messages(Level atLeast) {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(atLeast))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Returns the lines of WARN and ERROR. */
  public List<String> complaints() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(RecordedLog::line)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(levelBefore);
    logger.setAdditive(additiveBefore);
    stop();
  }
}
