package io.github.kameleoonservlet.internal.api;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the JSON providers of the web application once, at the start: that of the SDK, and that of
 * the application and our API.
 *
 * <p>{@code org.glassfish:javax.json}, which the SDK brings, and {@code org.glassfish:jakarta.json}
 * have classes of the same names; with both in a WAR one of the two cannot be loaded.
 */
public final class JsonProviders {

  private static final Logger LOG = LoggerFactory.getLogger(JsonProviders.class);
  private static final String SHARED = "org/glassfish/json/JsonProviderImpl.class";
  private static final Pattern JAR = Pattern.compile("([^/]+)!/" + Pattern.quote(SHARED) + "$");

  private JsonProviders() {}

  /** Whether the SDK's JSON works; one WARN says why it does not, and what to do. */
  public static boolean sdkWorks() {
    return works("javax.json", "Kameleoon's SDK cannot read JSON: every feature is off");
  }

  /** Whether the JSON of Jakarta EE works; one WARN says why it does not, and what to do. */
  public static boolean applicationWorks() {
    return works("jakarta.json", "The JSON of this application does not work");
  }

  /** The same, without a word. */
  public static boolean apiWorks() {
    return fault("jakarta.json") == null;
  }

  private static boolean works(String api, String consequence) {
    Throwable fault = fault(api);
    if (fault != null) {
      warn(consequence, fault, JsonProviders.class.getClassLoader());
    }
    return fault == null;
  }

  private static @Nullable Throwable fault(String api) {
    ClassLoader loader = JsonProviders.class.getClassLoader();
    try {
      Class<?> provider = Class.forName(api + ".spi.JsonProvider", true, loader);
      Object found = provider.getMethod("provider").invoke(null);
      Object builder = provider.getMethod("createObjectBuilder").invoke(found);
      Class.forName(api + ".JsonObjectBuilder", true, loader).getMethod("build").invoke(builder);
      return null;
    } catch (ClassNotFoundException e) {
      // Nobody uses this API: the SDK is of a version that has another.
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (ReflectiveOperationException
        | RuntimeException
        | LinkageError
        | ServiceConfigurationError e) {
      return e;
    }
  }

  private static void warn(String consequence, Throwable cause, ClassLoader loader) {
    LOG.warn(
        "{} ({}). These jars have the same JSON classes: {}. Replace org.glassfish:jakarta.json by"
            + " org.eclipse.parsson:parsson 1.1.",
        consequence,
        String.valueOf(cause),
        jars(loader));
  }

  /** The file names of the jars with the class that both providers have. */
  private static List<String> jars(ClassLoader loader) {
    List<String> jars = new ArrayList<>();
    try {
      for (URL place : Collections.list(loader.getResources(SHARED))) {
        Matcher jar = JAR.matcher(place.toString());
        jars.add(jar.find() ? jar.group(1) : place.toString());
      }
    } catch (IOException e) {
      LOG.debug("Cannot look for JSON providers", e);
    }
    return jars;
  }
}
