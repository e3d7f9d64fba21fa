package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a filter. An init-param {@code name} has precedence over a context-param {@code
 * kameleoon.name}. A value is a literal, or is {@code env:NAME} or {@code sys:name} as a whole. If
 * that variable or property is not set, the parameter counts as absent.
 *
 * <p>Each error is a {@link ServletException} that names the parameter, the value and the allowed
 * values. Not thread-safe. Used only during the initialisation of the filter.
 */
public final class Parameters {

  private static final String CONTEXT_PREFIX = "kameleoon.";

  private final FilterConfig filter;
  private final ServletContext context;
  private final Function<String, @Nullable String> environment;
  private final Set<String> read = new TreeSet<>();
  private final Map<String, String> shown = new TreeMap<>();

  /**
   * Wraps the parameters.
   *
   * @param environment returns the value of an environment variable, or null
   */
  public Parameters(FilterConfig filter, Function<String, @Nullable String> environment) {
    this.filter = filter;
    this.context = filter.getServletContext();
    this.environment = environment;
  }

  ServletContext context() {
    return context;
  }

  /** Returns the text of a parameter; null if it is absent or blank. */
  @Nullable String text(String name) {
    read.add(name);
    String value = resolved(filter.getInitParameter(name));
    return value == null ? resolved(context.getInitParameter(CONTEXT_PREFIX + name)) : value;
  }

  /** Returns the names of all parameters that begin with a prefix, in alphabetical order. */
  List<String> namesFrom(String prefix) {
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

  /**
   * Refuses a parameter that is present without a value.
   *
   * @throws ServletException if it is blank or refers to a variable that is not set
   */
  void rejectLost(String name) throws ServletException {
    String raw = filter.getInitParameter(name);
    raw = raw == null ? context.getInitParameter(CONTEXT_PREFIX + name) : raw;
    if (raw != null) {
      throw wrong(
          name,
          raw,
          "a secret, or a reference to a variable that is set, because every stored"
              + " user id depends on the secret");
    }
  }

  /**
   * Refuses parameters that are no settings.
   *
   * @throws ServletException if there is one; the message lists the known names
   */
  void rejectUnknown(List<Setting<?>> known) throws ServletException {
    for (String name : Collections.list(filter.getInitParameterNames())) {
      rejectUnknown("init-param", name, name, known);
    }
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(CONTEXT_PREFIX)) {
        rejectUnknown("context-param", name, name.substring(CONTEXT_PREFIX.length()), known);
      }
    }
  }

  private void rejectUnknown(String kind, String param, String name, List<Setting<?>> known)
      throws ServletException {
    if (known.stream().noneMatch(setting -> setting.isNamed(name))) {
      throw new ServletException(
          "The %s '%s' of the filter '%s' is not known. Known: %s."
              .formatted(
                  kind,
                  param,
                  filter.getFilterName(),
                  known.stream().map(Setting::name).sorted().collect(Collectors.joining(", "))));
    }
  }

  /** Returns the error for a value that is not allowed. */
  public ServletException wrong(String name, String value, String allowed) {
    return new ServletException(
        "The parameter '%s' of the filter '%s' is '%s'. Allowed: %s."
            .formatted(name, filter.getFilterName(), value, allowed));
  }

  /** Returns the error for a parameter whose value is not allowed with the other settings. */
  ServletException wrong(String name, String allowed) {
    return wrong(name, shown.getOrDefault(name, ""), allowed);
  }

  /** Adds a parameter to the summary, with a text that a log may show. */
  void show(String name, String text) {
    shown.put(name, text);
  }

  /** Removes a parameter from the summary, because another one overrides it. */
  void hide(String name) {
    shown.remove(name);
  }

  /** Returns the settings in force, without secrets and long defaults, for one line of the log. */
  public String summary() {
    return shown.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * Returns the end of an error message, which names the parameters that refer to an unset variable
   * or property; empty if there is none. Considers the parameters that were read.
   */
  public String unset() {
    String references =
        read.stream()
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

  private @Nullable String resolved(@Nullable String raw) {
    String value = raw == null ? null : raw.trim();
    if (value != null && value.startsWith("env:")) {
      value = environment.apply(value.substring("env:".length()));
    } else if (value != null && value.startsWith("sys:")) {
      String name = value.substring("sys:".length());
      // System.getProperty throws for an empty name, but an empty variable name only counts as not
      // set.
      value = name.isEmpty() ? null : System.getProperty(name);
    }
    return value == null || value.isBlank() ? null : value;
  }
}
