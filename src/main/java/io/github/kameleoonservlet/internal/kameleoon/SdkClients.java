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
 * Makes clients of the SDK. Each call may wait for the network as long as the SDK's time-out is.
 */
final class SdkClients {

  private static final String CLIENT = "com.kameleoon.KameleoonClientImpl";

  private SdkClients() {}

  /**
   * Asks the SDK's factory, so that the application gets the same client from it. When the factory
   * had one before, that one is used and never let go by us. Call it on a {@link ConnectThread}.
   */
  static SdkClient fromFactory(SdkConfig config) {
    String siteCode = config.siteCode();
    KameleoonClientConfig sdk = config.sdk();
    Set<Thread> before = ConnectThread.group();
    try {
      KameleoonClient client = KameleoonClientFactory.create(siteCode, sdk);
      // The factory does not report whether the client is new. A new client has started its threads
      // in this group.
      boolean ours = !before.containsAll(ConnectThread.group());
      return new SdkClient(
          client,
          SdkClient.lookInto(client, config.rememberedVisitors()),
          ours ? () -> KameleoonClientFactory.forget(siteCode, sdk.environment()) : null);
    } catch (KameleoonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a client of our own that goes through a proxy. */
  static SdkClient throughProxy(SdkConfig config, ProxyAddress proxy) {
    return own(config, new NetProviderImpl(new HttpHost("http", proxy.host(), proxy.port())));
  }

  /**
   * Makes a client of our own that decides from a data file. No network, hence at once.
   *
   * @throws IllegalArgumentException when the SDK refuses the data file; the message has its words
   */
  static SdkClient offline(SdkConfig config, OfflineNetwork network, LogBridge log) {
    SdkClient client = own(config, network);
    // waitInit() completes normally here also when the file lacks something (4.5.0).
    if (!client.ready() && log.firstError() != null) {
      client.close(Duration.ZERO);
      throw new IllegalArgumentException(
          "dataFile: the SDK refuses " + network.file() + ": " + log.firstError());
    }
    return client;
  }

  /**
   * Makes a client of our own with another way out than the factory's, by a constructor that 4.5.0
   * does not publish.
   *
   * @throws IllegalStateException when the SDK has no such constructor
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
          SdkClient.lookInto(client, config.rememberedVisitors()),
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
