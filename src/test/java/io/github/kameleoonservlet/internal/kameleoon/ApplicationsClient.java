package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A client of the real SDK that code of the application calls with a request and a response. The
 * SDK's methods take the types of {@code javax.servlet}, or those of {@code jakarta.servlet} if a
 * scenario has moved the SDK.
 */
public final class ApplicationsClient implements AutoCloseable {

  private static final String DATA_FILE =
      Path.of("src/test/resources/kameleoon/data-file.json").toAbsolutePath().toString();

  private final SdkClient client;

  /** Creates a client that decides from the tests' data file, without a network. */
  public ApplicationsClient() {
    this(DATA_FILE);
  }

  /** Creates a client that decides from a data file, without a network. */
  public ApplicationsClient(String dataFile) {
    client =
        SdkClients.own(
            SdkConfig.of(PlatformSettings.offline(dataFile)), OfflineNetwork.open(dataFile));
  }

  /** Calls {@code getVisitorCode} with the servlet objects of the application. */
  public String visitorCode(Object request, Object response) {
    return (String) call("getVisitorCode", request, response);
  }

  /** Calls {@code getVisitorCode} with a default code. */
  public String visitorCode(Object request, Object response, String defaultCode) {
    return (String) call("getVisitorCode", request, response, defaultCode);
  }

  /** Calls {@code setLegalConsent} with the response of the application. */
  public void setLegalConsent(String code, boolean consent, Object response) {
    call("setLegalConsent", code, consent, response);
  }

  private Object call(String name, Object... arguments) {
    Method method =
        Arrays.stream(KameleoonClient.class.getMethods())
            .filter(any -> any.getName().equals(name))
            .filter(any -> any.getParameterCount() == arguments.length)
            .findAny()
            .orElseThrow();
    Class<?>[] types = method.getParameterTypes();
    Object[] taken = new Object[arguments.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = moved(arguments[i], types[i]);
    }
    try {
      return method.invoke(client.sdk(), taken);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Returns an object of the type that the SDK takes, which passes calls to a servlet object. */
  private static Object moved(Object object, Class<?> type) {
    if (type.isPrimitive() || type.isInstance(object)) {
      return object;
    }
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          Object[] given = arguments == null ? new Object[0] : arguments;
          Class<?>[] types = method.getParameterTypes();
          for (int i = 0; i < given.length; i++) {
            if (given[i] != null && given[i].getClass().getSimpleName().equals("Cookie")) {
              given[i] = cookie(given[i]);
              types[i] = jakarta.servlet.http.Cookie.class;
            }
          }
          try {
            return object.getClass().getMethod(method.getName(), types).invoke(object, given);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
  }

  private static jakarta.servlet.http.Cookie cookie(Object sdks) throws Exception {
    var cookie =
        new jakarta.servlet.http.Cookie(
            (String) get(sdks, "getName"), (String) get(sdks, "getValue"));
    cookie.setPath((String) get(sdks, "getPath"));
    cookie.setMaxAge((int) get(sdks, "getMaxAge"));
    return cookie;
  }

  private static Object get(Object bean, String getter) throws Exception {
    return bean.getClass().getMethod(getter).invoke(bean);
  }

  @Override
  public void close() {
    client.close(Duration.ZERO);
  }
}
