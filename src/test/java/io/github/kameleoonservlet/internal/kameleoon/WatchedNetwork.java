package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.network.netprovider.NetProvider;
import java.lang.reflect.Proxy;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.core5.concurrent.FutureCallback;

/** A network of the SDK that shows a test each request with events, and passes all others on. */
final class WatchedNetwork {

  private WatchedNetwork() {}

  /** The test's part. */
  @FunctionalInterface
  interface Events {
    /** Receives a request with events. Returns whether the network below also gets the request. */
    boolean pass(SimpleHttpRequest request, FutureCallback<?> answer);
  }

  static NetProvider around(NetProvider network, Events events) {
    return (NetProvider)
        Proxy.newProxyInstance(
            WatchedNetwork.class.getClassLoader(),
            new Class<?>[] {NetProvider.class},
            (proxy, method, arguments) ->
                arguments == null
                        || !(arguments[0] instanceof SimpleHttpRequest request)
                        || !request.getPath().contains("/visit/events")
                        || events.pass(request, (FutureCallback<?>) arguments[1])
                    ? method.invoke(network, arguments)
                    : null);
  }
}
