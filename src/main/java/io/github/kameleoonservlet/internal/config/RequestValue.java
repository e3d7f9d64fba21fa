package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.http.CookieHeader;
import io.github.kameleoonservlet.internal.targeting.HeaderText;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place in a request from which a setting takes a value. Catches the faults of the
 * application's getters. Thread-safe.
 */
public final class RequestValue {

  /** The forms of a setting, for messages. */
  static final String ATTRIBUTES =
      "session:<attribute>[.<property>...], request:<attribute>[.<property>...]";

  private static final Logger LOG = LoggerFactory.getLogger(RequestValue.class);

  /** Values that a decision must not depend on, and that an explanation must not show. */
  private static final Set<String> SECRETS =
      Set.of(
          "header:cookie",
          "header:authorization",
          "header:proxy-authorization",
          "cookie:jsessionid",
          "cookie:session");

  /** A token (RFC 9110 section 5.6.2): the name of a header or cookie. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private final String setting;
  private final Function<HttpServletRequest, @Nullable Object> source;
  private final AtomicBoolean failed = new AtomicBoolean();

  private RequestValue(String setting, Function<HttpServletRequest, @Nullable Object> source) {
    this.setting = setting;
    this.source = source;
  }

  /**
   * Reads a setting of the form {@code session:…}, {@code request:…}, {@code header:…}, {@code
   * cookie:…}, or a literal.
   *
   * @throws ServletException if the path or the name after the colon is malformed
   */
  static RequestValue anywhere(Parameters parameters, String setting, String text)
      throws ServletException {
    Function<HttpServletRequest, @Nullable Object> source = attribute(text);
    if (source == null && hasName(text, "header:")) {
      source = header(text.substring("header:".length()));
    } else if (source == null && hasName(text, "cookie:")) {
      source = cookie(text.substring("cookie:".length()));
    }
    if (source == null) {
      if (Stream.of("session:", "request:", "header:", "cookie:").anyMatch(text::startsWith)) {
        throw parameters.wrong(
            setting,
            text,
            ATTRIBUTES
                + ", header:<name>, cookie:<name>, or a literal; no header or cookie with"
                + " credentials");
      }
      source = request -> text;
    }
    return new RequestValue(setting, source);
  }

  /**
   * Reads a setting of the form {@code session:…} or {@code request:…}.
   *
   * @throws ServletException for any other text
   */
  static RequestValue attribute(Parameters parameters, String setting, String text)
      throws ServletException {
    Function<HttpServletRequest, @Nullable Object> source = attribute(text);
    if (source == null) {
      throw parameters.wrong(setting, text, ATTRIBUTES);
    }
    return new RequestValue(setting, source);
  }

  /** Reads a setting that names a header; null if it is not set. */
  static @Nullable String headerName(Parameters parameters, String setting)
      throws ServletException {
    String name = parameters.text(setting);
    if (name != null && !TOKEN.matcher(name).matches()) {
      throw parameters.wrong(setting, name, "the name of a header, such as CloudFront-Viewer-City");
    }
    return name;
  }

  private static boolean hasName(String text, String kind) {
    return text.startsWith(kind)
        && !SECRETS.contains(text.toLowerCase(Locale.ROOT))
        && TOKEN.matcher(text.substring(kind.length())).matches();
  }

  private static @Nullable Function<HttpServletRequest, @Nullable Object> attribute(String text) {
    boolean session = text.startsWith("session:");
    if (!(session || text.startsWith("request:")) || !UserIds.isPath(text)) {
      return null;
    }
    String path = text.substring(text.indexOf(':') + 1);
    return session
        ? request -> PropertyPath.read(UserIds.sessionAttribute(request), path)
        : request -> PropertyPath.read(request::getAttribute, path);
  }

  private static Function<HttpServletRequest, @Nullable Object> header(String name) {
    return request -> {
      String value = request.getHeader(name);
      return value == null ? null : HeaderText.sent(value);
    };
  }

  private static Function<HttpServletRequest, @Nullable Object> cookie(String name) {
    return request -> {
      List<String> values = CookieHeader.values(request, name);
      return values.isEmpty() ? null : HeaderText.sent(values.get(0));
    };
  }

  /**
   * Returns the texts of a request's value: one, or one for each element of a collection or array.
   * Empty if the value is null or blank, or if it cannot be read, which is logged once. Does not
   * throw.
   */
  public List<String> read(HttpServletRequest request) {
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
      // toString() of any other object can differ for each object.
      warn("the value is a " + value.getClass().getName() + ": name a property of the value");
    }
  }

  private void warn(String reason) {
    if (failed.compareAndSet(false, true)) {
      LOG.warn(
          "Cannot read the value that the setting {} names ({}). Decisions are made without it."
              + " Logged once.",
          setting,
          reason);
    }
  }
}
