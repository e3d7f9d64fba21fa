package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a filter or a servlet. An init-param {@code name} of a filter has precedence
 * over a context-param {@code kameleoon.name}; a servlet has init-params only. A value is a
 * literal, or is {@code env:NAME} or {@code sys:name} as a whole. If that variable or property is
 * not set, the parameter counts as absent.
 *
 * <p>Each error is a {@link ServletException} that names the parameter, the value and the allowed
 * values. Not thread-safe. Used only during the initialisation of the filter or servlet.
 */
public final class Parameters {

  private static final String CONTEXT_PREFIX = "kameleoon.";
  private static final String ENVIRONMENT = "env:";

  /** Has the length of {@link #ENVIRONMENT}. */
  private static final String PROPERTY = "sys:";

  /**
   * The parameters of one place.
   *
   * @param prefix the text before each name
   */
  private record Source(
      String prefix,
      Function<String, @Nullable String> values,
      Supplier<Enumeration<String>> names) {

    @Nullable String get(String name) {
      return values.apply(prefix + name);
    }

    List<String> all() {
      return Collections.list(names.get()).stream()
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .toList();
    }
  }

  private final String name;
  private final String owner;
  private final Source own;
  private final ServletContext context;
  private final Source shared;
  private final Function<String, @Nullable String> environment;
  private final Set<String> read = new TreeSet<>();
  private final Map<String, SettingInEffect> shown = new TreeMap<>();

  private Parameters(
      String kind,
      String name,
      Source own,
      ServletContext context,
      Source shared,
      Function<String, @Nullable String> environment) {
    this.name = name;
    this.owner = kind + " '" + name + "'";
    this.own = own;
    this.context = context;
    this.shared = shared;
    this.environment = environment;
  }

  /**
   * Wraps the parameters of a filter.
   *
   * @param environment returns the value of an environment variable, or null
   */
  public Parameters(FilterConfig filter, Function<String, @Nullable String> environment) {
    this(
        "filter",
        filter.getFilterName(),
        new Source("", filter::getInitParameter, filter::getInitParameterNames),
        filter.getServletContext(),
        new Source(
            CONTEXT_PREFIX,
            filter.getServletContext()::getInitParameter,
            filter.getServletContext()::getInitParameterNames),
        environment);
  }

  /**
   * Wraps the init-params of a servlet.
   *
   * @param name the name of the servlet
   * @param own the init-params
   * @param environment returns the value of an environment variable, or null
   */
  public static Parameters ofServlet(
      String name,
      Map<String, String> own,
      ServletContext context,
      Function<String, @Nullable String> environment) {
    return new Parameters(
        "servlet",
        name,
        new Source("", own::get, () -> Collections.enumeration(own.keySet())),
        context,
        new Source(CONTEXT_PREFIX, none -> null, Collections::emptyEnumeration),
        environment);
  }

  /** Returns the name of the filter or servlet. */
  public String ownerName() {
    return name;
  }

  ServletContext context() {
    return context;
  }

  /** Returns the text of a parameter; null if it is absent or blank. */
  @Nullable String text(String name) {
    read.add(name);
    String value = resolved(own.get(name));
    return value == null ? resolved(shared.get(name)) : value;
  }

  /** Returns the names of all parameters that begin with a prefix, in alphabetical order. */
  List<String> namesFrom(String prefix) {
    return Stream.concat(own.all().stream(), shared.all().stream())
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns whether a parameter has a value, as init-param or context-param. */
  boolean isSet(String name) {
    return resolved(own.get(name)) != null || resolved(shared.get(name)) != null;
  }

  /** Returns whether a parameter has a value, or refers to a variable that is not set. */
  boolean isMentioned(String name) {
    return isSet(name) || isReference(own.get(name)) || isReference(shared.get(name));
  }

  /** Returns whether one parameter is set among the init-params, and another one is not. */
  boolean isNearer(String near, String far) {
    return resolved(own.get(near)) != null && resolved(own.get(far)) == null;
  }

  /**
   * Refuses a parameter that is present without a value.
   *
   * @throws ServletException if it is blank or refers to a variable that is not set
   */
  void rejectLost(String name) throws ServletException {
    String raw = own.get(name);
    raw = raw == null ? shared.get(name) : raw;
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
    for (String name : own.all()) {
      rejectUnknown("init-param", name, name, known);
    }
    for (String name : shared.all()) {
      rejectUnknown("context-param", CONTEXT_PREFIX + name, name, known);
    }
  }

  private void rejectUnknown(String kind, String param, String name, List<Setting<?>> known)
      throws ServletException {
    if (known.stream().noneMatch(setting -> setting.isNamed(name))) {
      throw new ServletException(
          "The %s '%s' of the %s is not known. Known: %s."
              .formatted(
                  kind,
                  param,
                  owner,
                  known.stream().map(Setting::name).sorted().collect(Collectors.joining(", "))));
    }
  }

  /** Returns the error for a value that is not allowed. */
  public ServletException wrong(String name, String value, String allowed) {
    return new ServletException(
        "The parameter '%s' of the %s is '%s'. Allowed: %s."
            .formatted(name, owner, value, allowed));
  }

  /** Returns the error for a parameter whose value is not allowed with the other settings. */
  ServletException wrong(String name, String allowed) {
    SettingInEffect setting = shown.get(name);
    return wrong(name, setting == null ? "" : setting.text(), allowed);
  }

  /** Adds a parameter to the settings in effect, with a text that a log may show. */
  void show(String name, String text) {
    shown.put(name, new SettingInEffect(name, text, origin(name), true));
  }

  /** Adds a default that is too long for the log. */
  void showLong(String name, String text) {
    shown.put(name, new SettingInEffect(name, text, origin(name), false));
  }

  private String origin(String name) {
    if (resolved(own.get(name)) != null) {
      return "init-param" + reference(own.get(name));
    }
    return resolved(shared.get(name)) != null
        ? "context-param" + reference(shared.get(name))
        : SettingInEffect.DEFAULT;
  }

  private static String reference(@Nullable String raw) {
    return raw == null || !isReference(raw)
        ? ""
        : (raw.trim().startsWith(ENVIRONMENT) ? ", environment variable " : ", system property ")
            + raw.trim().substring(ENVIRONMENT.length());
  }

  /** Removes a parameter from the settings in effect, because another one overrides it. */
  void hide(String name) {
    shown.remove(name);
  }

  /** Returns the settings in force, without secrets and long defaults, for one line of the log. */
  public String summary() {
    return shown.values().stream()
        .filter(SettingInEffect::isLogged)
        .map(setting -> setting.name() + "=" + setting.text())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Returns the settings in force without secrets, in alphabetical order. */
  public List<SettingInEffect> inEffect() {
    return List.copyOf(shown.values());
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
                    Stream.of(own.get(name), shared.get(name))
                        .filter(raw -> isReference(raw) && resolved(raw) == null)
                        .map(raw -> name + "=" + raw.trim()))
            .collect(Collectors.joining(", "));
    return references.isEmpty() ? "" : ". Not set: " + references;
  }

  private static boolean isReference(@Nullable String raw) {
    return raw != null && (raw.trim().startsWith(ENVIRONMENT) || raw.trim().startsWith(PROPERTY));
  }

  private @Nullable String resolved(@Nullable String raw) {
    String value = raw == null ? null : raw.trim();
    if (value != null && value.startsWith(ENVIRONMENT)) {
      value = environment.apply(value.substring(ENVIRONMENT.length()));
    } else if (value != null && value.startsWith(PROPERTY)) {
      String name = value.substring(PROPERTY.length());
      // System.getProperty throws for an empty name, but an empty variable name only counts as not
      // set.
      value = name.isEmpty() ? null : System.getProperty(name);
    }
    return value == null || value.isBlank() ? null : value;
  }
}
