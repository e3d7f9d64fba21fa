package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.internal.api.ApiJson;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a report: a text, a number, a truth value, an {@link Instant}, a {@link Duration}, a
 * {@link Mark}, a {@link Share}, a {@link Code}, a {@link Link}, a {@link Missing}, a collection of
 * these, or null.
 */
final class Value {

  /** How good a state is. */
  enum Level {
    GOOD,
    NEUTRAL,
    BAD
  }

  /**
   * A state.
   *
   * @param level how good the state is
   * @param text the state
   */
  record Mark(Level level, String text) {}

  /**
   * A part of a whole.
   *
   * @param part from 0 to 1
   */
  record Share(double part) {}

  /**
   * A text for machines, such as a key.
   *
   * @param text the text
   */
  record Code(String text) {}

  /**
   * A value that does not exist yet, such as the end of an outage; null in JSON.
   *
   * @param text the text on the page
   */
  record Missing(String text) {}

  /**
   * A link to a page.
   *
   * @param url the URL
   */
  record Link(String url) {}

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final double PERCENT = 100;
  private static final double MILLION = 1e6;

  private Value() {}

  static Mark good(String text) {
    return new Mark(Level.GOOD, text);
  }

  static Mark neutral(String text) {
    return new Mark(Level.NEUTRAL, text);
  }

  static Mark bad(String text) {
    return new Mark(Level.BAD, text);
  }

  /** Writes a value to a page. */
  static void write(Html html, @Nullable Object value, Instant now) {
    if (value instanceof Instant time) {
      html.element("time", TIME.format(time), "datetime", seconds(time).toString());
      html.text(" (" + ago(time, now) + ")");
    } else if (value instanceof Mark mark) {
      html.element(
          "span", mark.text(), "class", "mark " + mark.level().name().toLowerCase(Locale.ROOT));
    } else if (value instanceof Missing missing) {
      write(html, bad(missing.text()), now);
    } else if (value instanceof Link link) {
      html.element("a", link.url(), "href", link.url());
    } else if (value instanceof Code code) {
      html.element("code", code.text());
    } else if (value instanceof Collection<?> all
        && all.stream().anyMatch(Code.class::isInstance)) {
      boolean first = true;
      for (Object one : all) {
        html.text(first ? "" : ", ");
        write(html, one, now);
        first = false;
      }
    } else {
      html.text(text(value));
    }
  }

  /** Returns a number with separators. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String text(@Nullable Object value) {
    if (value == null || (value instanceof Collection<?> none && none.isEmpty())) {
      return "\u2013";
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(Value::text).collect(Collectors.joining(", "));
    }
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    if (value instanceof Duration duration) {
      return text(duration);
    }
    if (value instanceof Share share) {
      return String.format(Locale.ROOT, "%.1f %%", share.part() * PERCENT);
    }
    if (value instanceof Long || value instanceof Integer) {
      return number(((Number) value).longValue());
    }
    return value.toString();
  }

  private static String text(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / MILLION);
    }
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.compareTo(Duration.ofHours(2)) < 0) {
      return duration.toMinutes() + " min";
    }
    return duration.compareTo(Duration.ofDays(2)) < 0
        ? duration.toHours() + " h"
        : duration.toDays() + " days";
  }

  private static String ago(Instant time, Instant now) {
    Duration since = Duration.between(time, now);
    if (since.isNegative()) {
      return "in " + text(since.negated());
    }
    return since.toSeconds() < 1 ? "now" : text(since) + " ago";
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Returns a value as JSON: an instant as text, a duration as a number of seconds. */
  static JsonValue json(@Nullable Object value) {
    return ApiJson.value(plain(value));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Collection<?> all) {
      return all.stream().map(Value::plain).toList();
    }
    if (value instanceof Duration duration) {
      return duration.toNanos() / (MILLION * 1000);
    }
    if (value instanceof Mark mark) {
      return mark.text();
    }
    if (value instanceof Code code) {
      return code.text();
    }
    if (value instanceof Link link) {
      return link.url();
    }
    if (value instanceof Missing) {
      return null;
    }
    return value instanceof Share share ? (Object) share.part() : value;
  }
}
