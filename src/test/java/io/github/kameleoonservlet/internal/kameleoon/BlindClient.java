package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Stands for a client of another SDK version: its calls work, but the library cannot read its
 * internals.
 */
final class BlindClient {

  private BlindClient() {}

  static KameleoonClient around(KameleoonClient client) {
    return (KameleoonClient)
        Proxy.newProxyInstance(
            BlindClient.class.getClassLoader(),
            new Class<?>[] {KameleoonClient.class},
            (proxy, method, arguments) -> {
              try {
                method.setAccessible(true);
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
