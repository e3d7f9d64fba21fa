package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one setting: the only source of its value, its name, its text in the log and
 * its documentation. Immutable.
 *
 * @param name the name; a part in angle brackets at its end stands for any text
 * @param defaultText the text that applies if the setting is absent; null without a default
 * @param description the text of {@code docs/settings.md}, in Markdown
 * @param parser converts the text
 * @param display the part of the text that logs and errors show
 */
record Setting<T>(
    String name,
    @Nullable String defaultText,
    String description,
    Parser<T> parser,
    Display display) {

  private static final Pattern COMMA = Pattern.compile(",");

  /** Converts the text of a setting. */
  @FunctionalInterface
  interface Parser<T> {

    /**
     * Returns the value.
     *
     * @param name the name of the setting
     * @throws NotAllowedException if the text is not allowed
     */
    T parse(String name, String text) throws NotAllowedException;
  }

  /** The part of a text that logs and errors show. */
  enum Display {
    TEXT,
    /** The scheme and the place of a URL, see {@link ShownUrl}. */
    URL,
    MASK,
    /** A secret that must not get lost. A reference to a variable that is not set is an error. */
    LASTING_MASK
  }

  /** Declares a setting with a parser. */
  static <T> Setting<T> of(
      String name, @Nullable String defaultText, Parser<T> parser, String description) {
    return new Setting<>(name, defaultText, description, parser, Display.TEXT);
  }

  /** Declares a text without a default. */
  static Setting<String> text(String name, String description) {
    return of(name, null, (setting, text) -> text, description);
  }

  /** Declares a text with a default. */
  static Setting<String> textOr(String name, String defaultText, String description) {
    return of(name, defaultText, (setting, text) -> text, description);
  }

  /** Declares a text that no log and no error shows. */
  static Setting<String> secret(String name, String description) {
    return new Setting<>(name, null, description, (setting, text) -> text, Display.MASK);
  }

  /** Declares a secret with a parser. */
  static Setting<String> secret(String name, Parser<String> parser, String description) {
    return new Setting<>(name, null, description, parser, Display.MASK);
  }

  /** Declares a secret whose loss is an error. */
  static Setting<String> lastingSecret(String name, String description) {
    return new Setting<>(name, null, description, (setting, text) -> text, Display.LASTING_MASK);
  }

  /** Declares a URL. Logs and errors show the URL without its credentials. */
  static Setting<String> url(String name, String scheme, String description) {
    Parser<String> parser =
        (setting, text) -> {
          if (!text.startsWith(scheme)) {
            throw new NotAllowedException("a URL that begins with " + scheme);
          }
          return text;
        };
    return new Setting<>(name, null, description, parser, Display.URL);
  }

  /** Declares a whole number. */
  static Setting<Integer> number(
      String name, @Nullable String defaultText, int min, int max, String description) {
    return of(
        name,
        defaultText,
        (setting, text) -> {
          try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
              return number;
            }
          } catch (NumberFormatException e) {
            // The exception below names the range.
          }
          throw new NotAllowedException("a whole number from " + min + " to " + max);
        },
        description);
  }

  /** Declares one of several words, the first of which is the default. */
  static Setting<String> choice(String name, List<String> words, String description) {
    return of(
        name,
        words.get(0),
        (setting, text) -> {
          if (!words.contains(text)) {
            throw new NotAllowedException(String.join(", ", words));
          }
          return text;
        },
        description);
  }

  /** Declares a truth value with the default {@code false}. */
  static Setting<Boolean> truth(String name, String description) {
    Parser<String> words = choice(name, List.of("false", "true"), description).parser();
    return of(
        name, "false", (setting, text) -> words.parse(setting, text).equals("true"), description);
  }

  /** Declares words that are separated by commas. */
  static Setting<List<String>> list(String name, String defaultText, String description) {
    return of(name, defaultText, (setting, text) -> words(text), description);
  }

  /** Returns the words of a text that are separated by commas, without the blanks around them. */
  static List<String> words(String text) {
    return COMMA.splitAsStream(text).map(String::trim).filter(word -> !word.isEmpty()).toList();
  }

  /** Returns this setting for one of the names that its name stands for. */
  Setting<T> named(String other) {
    return new Setting<>(other, defaultText, description, parser, display);
  }

  /** Returns whether a parameter of this name is this setting. */
  boolean isNamed(String other) {
    int variable = name.indexOf('<');
    return variable < 0 ? name.equals(other) : other.startsWith(name.substring(0, variable));
  }

  /**
   * Returns the value, or null if the setting is absent.
   *
   * @throws ServletException if the text is not allowed; the message names the setting, the text
   *     and what is allowed
   */
  @Nullable T find(Parameters parameters) throws ServletException {
    String text = parameters.text(name);
    if (text == null && display == Display.LASTING_MASK) {
      parameters.rejectLost(name);
    }
    return text == null ? null : value(parameters, text);
  }

  /**
   * Returns the value; null if the setting is absent, or if only the other setting is an
   * init-param.
   *
   * @throws ServletException as {@link #find} does
   */
  @Nullable T findUnlessNearer(Parameters parameters, Setting<?> other) throws ServletException {
    T value = find(parameters);
    if (parameters.isNearer(other.name(), name)) {
      parameters.hide(name);
      return null;
    }
    return value;
  }

  /**
   * Returns the value or the default. The log shows the default.
   *
   * @throws ServletException as {@link #find} does
   */
  T get(Parameters parameters) throws ServletException {
    T value = getQuietly(parameters);
    if (parameters.text(name) == null) {
      parameters.show(name, Objects.requireNonNull(defaultText));
    }
    return value;
  }

  /**
   * Returns the value or the default. The log does not show the default, which is too long.
   *
   * @throws ServletException as {@link #find} does
   */
  T getQuietly(Parameters parameters) throws ServletException {
    T value = find(parameters);
    if (value == null) {
      parameters.showLong(name, Objects.requireNonNull(defaultText));
      return parse(parameters, defaultText);
    }
    return value;
  }

  private T value(Parameters parameters, String text) throws ServletException {
    parameters.show(name, shown(text));
    return parse(parameters, text);
  }

  private T parse(Parameters parameters, String text) throws ServletException {
    try {
      return parser.parse(name, text);
    } catch (NotAllowedException e) {
      String part = e.part();
      throw parameters.wrong(name, part == null ? shown(text) : part, e.allowed());
    }
  }

  private String shown(String text) {
    return switch (display) {
      case TEXT -> text;
      case URL -> ShownUrl.of(text);
      case MASK, LASTING_MASK -> "***";
    };
  }
}
