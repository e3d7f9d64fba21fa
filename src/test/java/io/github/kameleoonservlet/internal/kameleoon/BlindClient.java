package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stands for a client of another SDK: its calls work, and its inside cannot be seen. */
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
