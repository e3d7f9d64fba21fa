package io.github.kameleoonservlet.internal.config;

/**
 * A setting in effect, as operators may see it.
 *
 * @param name the name of the setting
 * @param text the value; a secret is masked, and a URL has no credentials
 * @param origin where the value comes from, such as {@code init-param, environment variable NAME}
 * @param isLogged whether the log contains the setting; false for long defaults
 */
public record SettingInEffect(String name, String text, String origin, boolean isLogged) {

  /** The origin of a setting that the application does not set. */
  public static final String DEFAULT = "default";
}
