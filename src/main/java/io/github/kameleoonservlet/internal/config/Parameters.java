package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a filter: an init-param {@code name}, else a context-param {@code
 * kameleoon.name}. A value is a literal or, as a whole, {@code env:NAME} or {@code sys:name}; where
 * that is not set, the parameter counts as absent.
 *
 * <p>A name is known once it has been asked for; {@link #rejectUnknown()} refuses all others. Every
 * error is a {@link ServletException} that names the parameter, its value and what is allowed. Not
 * thread-safe; used while the filter is initialised.
 */
public final class Parameters {

  private static final String CONTEXT_PREFIX = "kameleoon.";
  private static final Pattern COMMA = Pattern.compile(",");
  private static final String MASK = "***";

  private final FilterConfig filter;
  private final ServletContext context;
  private final Function<String, @Nullable String> environment;
  private final Set<String> known = new TreeSet<>();
  private final Map<String, String> effective = new TreeMap<>();

  public Parameters(FilterConfig filter, Function<String, @Nullable String> environment) {
    this.filter = filter;
    this.context = filter.getServletContext();
    this.environment = environment;
  }

  /** The text of a parameter, or null. */
  @Nullable String text(String name) {
    return read(name, false);
  }

  /** The text of a parameter that no log and no error shows, or null. */
  @Nullable String secret(String name) {
    return read(name, true);
  }

  /**
   * The text of a secret that must not get lost: one that is there, but refers to a variable or
   * property that is not set, is an error and not absent.
   */
  @Nullable String lastingSecret(String name) throws ServletException {
    String value = secret(name);
    String raw = filter.getInitParameter(name);
    raw = raw == null ? context.getInitParameter(CONTEXT_PREFIX + name) : raw;
    if (value == null && raw != null) {
      throw wrong(
          name,
          raw,
          "a secret, or a reference to one that is set: every stored user id" + " depends on it");
    }
    return value;
  }

  /**
   * The text of a URL that may have credentials in it, which no log and no error shows, or null.
   */
  @Nullable String url(String name, String scheme) throws ServletException {
    String value = text(name);
    if (value != null) {
      effective.put(name, ShownUrl.of(value));
      if (!value.startsWith(scheme)) {
        throw wrong(name, ShownUrl.of(value), "a URL that begins with " + scheme);
      }
    }
    return value;
  }

  /** The text of a parameter that somebody may take for that of a URL, or null. */
  @Nullable String noUrl(String name, String urls) throws ServletException {
    String value = text(name);
    if (value != null && value.startsWith("jdbc:")) {
      throw wrong(name, ShownUrl.of(value), "no URL, which belongs in " + urls);
    }
    return value;
  }

  /** The text of a parameter. */
  String text(String name, String defaultValue) {
    String value = text(name);
    effective.putIfAbsent(name, defaultValue);
    return value == null ? defaultValue : value;
  }

  /** The text of a parameter, or null, also when another one is set nearer to the filter. */
  @Nullable String textUnlessNearer(String name, String other) {
    String value = text(name);
    if (isNearer(other, name)) {
      effective.remove(name);
      return null;
    }
    return value;
  }

  /** One of the allowed words. */
  String choice(String name, String defaultValue, String... others) throws ServletException {
    String value = text(name, defaultValue);
    if (!value.equals(defaultValue) && !List.of(others).contains(value)) {
      throw wrong(name, value, defaultValue + ", " + String.join(", ", others));
    }
    return value;
  }

  /** A whole number. */
  int number(String name, int defaultValue, int min, int max) throws ServletException {
    String value = text(name, String.valueOf(defaultValue));
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the range.
    }
    throw wrong(name, value, "a whole number from " + min + " to " + max);
  }

  /**
   * Returns the names of all parameters that begin with a prefix, in alphabetical order.
   *
   * @param rest the text after the prefix in the message that lists the known names
   */
  List<String> namesFrom(String prefix, String rest) {
    known.add(prefix + rest);
    Stream<String> ofContext =
        Collections.list(context.getInitParameterNames()).stream()
            .filter(name -> name.startsWith(CONTEXT_PREFIX))
            .map(name -> name.substring(CONTEXT_PREFIX.length()));
    return Stream.concat(Collections.list(filter.getInitParameterNames()).stream(), ofContext)
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .sorted()
        .toList();
  }

  /** Words separated by commas; blanks around them do not count. */
  List<String> list(String name, String defaultValue) {
    String value = text(name);
    return COMMA
        .splitAsStream(value == null ? defaultValue : value)
        .map(String::trim)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** An object of a class that the application names. */
  public <T> T instance(String name, String className, Class<T> type) throws ServletException {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return type.cast(
          Class.forName(className, true, loader == null ? type.getClassLoader() : loader)
              .getConstructor()
              .newInstance());
    } catch (Throwable e) {
      // The class cannot be loaded, or its initializer or constructor throws.
      ApplicationFault.survive(e instanceof InvocationTargetException ? e.getCause() : e);
      ServletException wrong = wrong(name, className, implementing(type));
      wrong.initCause(e);
      throw wrong;
    }
  }

  /** What is allowed where an application names a class of its own. */
  static String implementing(Class<?> type) {
    return "a public class of the web application with a public constructor without parameters that"
        + " implements "
        + type.getName();
  }

  /** The error for a value that is not allowed. */
  public ServletException wrong(String name, String value, String allowed) {
    return new ServletException(
        "The parameter '%s' of the filter '%s' is '%s'. Allowed: %s."
            .formatted(name, filter.getFilterName(), value, allowed));
  }

  /** Returns the error for a parameter whose value is not allowed with the other settings. */
  public ServletException wrong(String name, String allowed) {
    return wrong(name, effective.getOrDefault(name, ""), allowed);
  }

  /** Returns whether a parameter has a value, as init-param or context-param. */
  boolean isSet(String name) {
    return resolved(filter.getInitParameter(name)) != null
        || resolved(context.getInitParameter(CONTEXT_PREFIX + name)) != null;
  }

  /** Returns whether a parameter has a value, or refers to a variable that is not set. */
  boolean isMentioned(String name) {
    return isSet(name)
        || isReference(filter.getInitParameter(name))
        || isReference(context.getInitParameter(CONTEXT_PREFIX + name));
  }

  /** Returns whether one parameter is set among the init-params, and another one is not. */
  boolean isNearer(String near, String far) {
    return resolved(filter.getInitParameter(near)) != null
        && resolved(filter.getInitParameter(far)) == null;
  }

  /** Refuses parameters that nobody has asked for. */
  void rejectUnknown() throws ServletException {
    for (String name : Collections.list(filter.getInitParameterNames())) {
      if (!known.contains(name)) {
        throw unknown("init-param", name);
      }
    }
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(CONTEXT_PREFIX)
          && !known.contains(name.substring(CONTEXT_PREFIX.length()))) {
        throw unknown("context-param", name);
      }
    }
  }

  /** The settings in force, without secrets and default lists, for one line of the log. */
  public String summary() {
    return effective.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Names the parameters that refer to what is not set, to end an error with; else empty. */
  public String unset() {
    String references =
        known.stream()
            .flatMap(
                name ->
                    Stream.of(
                            filter.getInitParameter(name),
                            context.getInitParameter(CONTEXT_PREFIX + name))
                        .filter(raw -> isReference(raw) && resolved(raw) == null)
                        .map(raw -> name + "=" + raw.trim()))
            .collect(Collectors.joining(", "));
    return references.isEmpty() ? "" : ". Not set: " + references;
  }

  private static boolean isReference(@Nullable String raw) {
    return raw != null && (raw.trim().startsWith("env:") || raw.trim().startsWith("sys:"));
  }

  private ServletException unknown(String kind, String name) {
    return new ServletException(
        "The %s '%s' of the filter '%s' is not known. Known: %s."
            .formatted(kind, name, filter.getFilterName(), String.join(", ", known)));
  }

  private @Nullable String read(String name, boolean secret) {
    known.add(name);
    String value = resolved(filter.getInitParameter(name));
    if (value == null) {
      value = resolved(context.getInitParameter(CONTEXT_PREFIX + name));
    }
    if (value != null) {
      effective.put(name, secret ? MASK : value);
    }
    return value;
  }

  private @Nullable String resolved(@Nullable String raw) {
    String value = raw == null ? null : raw.trim();
    if (value != null && value.startsWith("env:")) {
      value = environment.apply(value.substring("env:".length()));
    } else if (value != null && value.startsWith("sys:")) {
      String name = value.substring("sys:".length());
      // The empty name is an error of the JDK's, for the environment it is just not set.
      value = name.isEmpty() ? null : System.getProperty(name);
    }
    return value == null || value.isBlank() ? null : value;
  }
}
