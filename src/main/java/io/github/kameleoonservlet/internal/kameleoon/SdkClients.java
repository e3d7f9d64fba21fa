package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonClientConfig;
import com.kameleoon.KameleoonClientFactory;
import com.kameleoon.KameleoonException;
import com.kameleoon.network.accesstoken.AccessTokenSourceFactoryImpl;
import com.kameleoon.network.manager.NetworkManagerFactory;
import com.kameleoon.network.manager.NetworkManagerFactoryImpl;
import com.kameleoon.network.netprovider.NetProvider;
import com.kameleoon.network.netprovider.NetProviderImpl;
import io.github.kameleoonservlet.internal.decision.ProxyAddress;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.core5.http.HttpHost;

/**
 * The creation of the SDK's clients. Each method may wait for the network, up to the SDK's
 * time-out. Thread-safe.
 */
final class SdkClients {

  private static final String CLIENT = "com.kameleoon.KameleoonClientImpl";

  private SdkClients() {}

  /**
   * Returns the client of the SDK's factory, so that the application gets the same client from the
   * factory. The library never releases a client that existed before. Call this method on a {@link
   * ConnectThread}.
   */
  static SdkClient fromFactory(SdkConfig config) {
    String siteCode = config.siteCode();
    KameleoonClientConfig sdk = config.sdk();
    Set<Thread> before = ConnectThread.group();
    try {
      KameleoonClient client = KameleoonClientFactory.create(siteCode, sdk);
      // The factory does not report whether the client is new. A new client starts threads in this
      // group.
      boolean created = !before.containsAll(ConnectThread.group());
      return new SdkClient(
          client,
          SdkClient.internalsOf(client, config.rememberedVisitors()),
          created ? () -> KameleoonClientFactory.forget(siteCode, sdk.environment()) : null);
    } catch (KameleoonException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Creates a client that sends its requests through a proxy. The factory does not know this
   * client.
   */
  static SdkClient throughProxy(SdkConfig config, ProxyAddress proxy) {
    return own(config, new NetProviderImpl(new HttpHost("http", proxy.host(), proxy.port())));
  }

  /**
   * Creates a client that decides from a local data file. Does not wait.
   *
   * @throws IllegalArgumentException if the SDK refuses the data file; the message contains the
   *     SDK's error
   */
  static SdkClient offline(SdkConfig config, OfflineNetwork network, LogBridge log) {
    SdkClient client = own(config, network);
    // In SDK 4.5.0 waitInit() completes normally for an incomplete file.
    if (!client.ready() && log.firstError() != null) {
      client.close(Duration.ZERO);
      throw new IllegalArgumentException(
          "dataFile: the SDK refuses " + network.file() + ": " + log.firstError());
    }
    return client;
  }

  /**
   * Creates a client with another network than the factory's, by a private constructor of SDK
   * 4.5.0. Closes the network on failure.
   *
   * @throws IllegalStateException if the SDK has no such constructor
   */
  static SdkClient own(SdkConfig config, NetProvider network) {
    KameleoonClientConfig sdk = config.sdk();
    try {
      Class<?> type = Class.forName(CLIENT, true, KameleoonClient.class.getClassLoader());
      Class<?> parts = Class.forName(CLIENT + "$DependencyManager", true, type.getClassLoader());
      NetworkManagerFactory tokens =
          new NetworkManagerFactoryImpl(
              new AccessTokenSourceFactoryImpl(sdk.clientId(), sdk.clientSecret()));
      Constructor<?> collect = parts.getDeclaredConstructors()[0];
      collect.setAccessible(true);
      Constructor<?> make =
          type.getDeclaredConstructor(String.class, KameleoonClientConfig.class, parts);
      make.setAccessible(true);
      MethodHandle cleanup =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .findVirtual(type, "cleanup", MethodType.methodType(void.class));
      KameleoonClient client =
          (KameleoonClient)
              make.newInstance(
                  config.siteCode(), sdk, collect.newInstance(tokens, network, null, null, null));
      return new SdkClient(
          client,
          SdkClient.internalsOf(client, config.rememberedVisitors()),
          () -> run(cleanup, client));
    } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError e) {
      network.close();
      throw new IllegalStateException(
          "The settings dataFile and proxyHost work with kameleoon-client-java 4.5.0 only: " + e,
          e);
    }
  }

  private static void run(MethodHandle cleanup, KameleoonClient client) {
    try {
      cleanup.invoke(client);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
