package io.github.kameleoonservlet.internal.source;

import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that a setting takes from each request. Catches the faults of the application's getters.
 * Thread-safe.
 */
public final class RequestValue {

  private static final Logger LOG = LoggerFactory.getLogger(RequestValue.class);

  private final String setting;
  private final Function<IncomingRequest, @Nullable Object> source;
  private final FirstOccurrences failed = new FirstOccurrences();

  /**
   * Creates a value.
   *
   * @param setting the setting, for the log
   * @param source reads the value from a request; may throw
   */
  public RequestValue(String setting, Function<IncomingRequest, @Nullable Object> source) {
    this.setting = setting;
    this.source = source;
  }

  /**
   * Returns the texts of a request's value: one, or one for each element of a collection or array.
   * Empty if the value is null or blank, or if it cannot be read, which is logged once. Does not
   * throw.
   */
  public List<String> read(IncomingRequest request) {
    try {
      Object value = source.apply(request);
      List<String> texts = new ArrayList<>();
      elements(value).forEach(element -> addText(element, texts));
      return List.copyOf(texts);
    } catch (Throwable e) {
      ApplicationFault.survive(e);
      warn(
          e instanceof UnreadableUserException
              ? String.valueOf(e.getMessage())
              : ApplicationFault.place(e));
      return List.of();
    }
  }

  private static Stream<@Nullable Object> elements(@Nullable Object value) {
    if (value instanceof Collection<?> collection) {
      return new ArrayList<@Nullable Object>(collection).stream();
    }
    return value != null && value.getClass().isArray()
        ? IntStream.range(0, Array.getLength(value)).mapToObj(index -> Array.get(value, index))
        : Stream.of(value);
  }

  private void addText(@Nullable Object value, List<String> texts) {
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof UUID) {
      String text = value.toString();
      if (!text.isBlank()) {
        texts.add(text);
      }
    } else if (value != null) {
      // toString() of other classes can return a different text for each object.
      warn("the value is a " + value.getClass().getName() + ": name a property of the value");
    }
  }

  private void warn(String reason) {
    if (failed.isFirst()) {
      LOG.warn(
          "Cannot read the value that the setting {} names ({}). Decisions are made"
              + " without the value. Logged once.",
          setting,
          reason);
    }
  }
}
