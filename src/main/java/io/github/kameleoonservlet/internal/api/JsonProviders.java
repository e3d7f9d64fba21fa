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
 * The test of the web application's JSON providers at the start: {@code javax.json} for the SDK,
 * and {@code jakarta.json} for the application and the JSON API. Thread-safe. Only {@code servlet}
 * calls this class.
 *
 * <p>The SDK's {@code org.glassfish:javax.json} and {@code org.glassfish:jakarta.json} contain
 * classes of the same names. If a WAR contains both jars, one of the providers cannot be loaded.
 */
public final class JsonProviders {

  private static final Logger LOG = LoggerFactory.getLogger(JsonProviders.class);
  private static final String SDK_API = "javax.json";

  /** In the javax edition this is the API of the SDK. */
  private static final String APPLICATION_API = "jakarta.json";

  private static final String SHARED = "org/glassfish/json/JsonProviderImpl.class";
  private static final String SDK_NEEDS =
      "Kameleoon's SDK needs org.glassfish:javax.json 1.1, and no other provider of javax.json.";
  private static final String PARSSON_NEEDS =
      "Parsson 1.1 needs version 2.1 of the API. Upgrade the jar, or remove it if a newer version is"
          + " there as well.";
  private static final Pattern JAR = Pattern.compile("([^/!]+)!/[^!]*$");

  private JsonProviders() {}

  /**
   * Returns whether the SDK's JSON provider works. Logs one WARN with the cause and the cure if the
   * provider fails.
   */
  public static boolean sdkWorks() {
    return works(SDK_API, "Kameleoon's SDK cannot read JSON: every feature is off");
  }

  /**
   * Returns whether the JSON provider of the application and of the API works. Logs one WARN with
   * the cause and the cure if the provider fails and is not the SDK's.
   */
  public static boolean applicationWorks() {
    // In the javax edition sdkWorks() has logged the cause.
    return APPLICATION_API.equals(SDK_API)
        ? apiWorks()
        : works(APPLICATION_API, "The JSON provider of this application does not work");
  }

  /** Returns whether the JSON provider of the application and of the API works. Logs nothing. */
  public static boolean apiWorks() {
    return fault(APPLICATION_API) == null;
  }

  private static boolean works(String api, String consequence) {
    Throwable fault = fault(api);
    if (fault != null) {
      warn(api, consequence, fault);
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
      // The application does not contain this API. An SDK moved to Jakarta needs no javax.json.
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

  private static void warn(String api, String consequence, Throwable cause) {
    List<String> jars = jars(SHARED);
    if (jars.size() > 1) {
      LOG.warn(
          "{} ({}). These jars have the same JSON classes: {}. Replace the jar whose name begins"
              + " with jakarta by org.eclipse.parsson:parsson 1.1.",
          consequence,
          String.valueOf(cause),
          jars);
    } else {
      LOG.warn(
          "{} ({}). The JSON API comes from {}, and does not fit its provider. {}",
          consequence,
          String.valueOf(cause),
          jars(api.replace('.', '/') + "/spi/JsonProvider.class"),
          api.equals(SDK_API) ? SDK_NEEDS : PARSSON_NEEDS);
    }
  }

  /** Returns the file names of the jars that contain a class. */
  private static List<String> jars(String type) {
    ClassLoader loader = JsonProviders.class.getClassLoader();
    List<String> jars = new ArrayList<>();
    try {
      for (URL place : Collections.list(loader.getResources(type))) {
        Matcher jar = JAR.matcher(place.toString());
        jars.add(jar.find() ? jar.group(1) : place.toString());
      }
    } catch (IOException e) {
      LOG.debug("Cannot list the jars of JSON providers", e);
    }
    return jars;
  }
}
