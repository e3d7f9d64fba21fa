package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.network.manager.NetworkManager;
import com.kameleoon.network.netprovider.NetProvider;
import java.lang.reflect.Field;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * The watch of all requests of a client of SDK 4.5.0, in the place of the client's network. Passes
 * each request on unchanged, and reports its end. Thread-safe.
 */
final class NetworkWatch extends SdkHook<NetProvider> implements NetProvider {

  private static final String FIELD = "netProvider";

  private final NetworkManager manager;
  private final Field field;
  private final PlatformTraffic traffic;

  private NetworkWatch(
      NetworkManager manager, Field field, NetProvider replaced, PlatformTraffic traffic) {
    super(replaced);
    this.manager = manager;
    this.field = field;
    this.traffic = traffic;
  }

  /**
   * Installs a watch in a client.
   *
   * @param manager the client's network manager
   * @param traffic receives the end of each request
   * @throws ReflectiveOperationException if the internals of the client differ from 4.5.0
   */
  static NetworkWatch install(NetworkManager manager, PlatformTraffic traffic)
      throws ReflectiveOperationException {
    Field field = manager.getClass().getDeclaredField(FIELD);
    field.setAccessible(true);
    synchronized (manager) {
      NetProvider replaced = (NetProvider) field.get(manager);
      NetworkWatch watch = new NetworkWatch(manager, field, replaced, traffic);
      field.set(manager, watch);
      return watch;
    }
  }

  /** Removes the watch from the client. Further calls have no effect. */
  void uninstall() {
    synchronized (manager) {
      try {
        if (removedFrom(field.get(manager))) {
          field.set(manager, replaced());
        }
      } catch (IllegalAccessException e) {
        // install() made the field accessible.
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  Object next(NetProvider now) {
    return now;
  }

  @Override
  public void runRequest(SimpleHttpRequest request, FutureCallback<SimpleHttpResponse> callback) {
    Watched watched = new Watched(request, callback);
    traffic.begun(request);
    try {
      replaced().runRequest(request, watched);
    } catch (RuntimeException | Error e) {
      traffic.failed(request, e);
      throw e;
    }
  }

  @Override
  public void close() {
    replaced().close();
  }

  @Override
  public @Nullable String getProxyHost() {
    return replaced().getProxyHost();
  }

  /**
   * The SDK's callback. The traffic is reported before the SDK handles the response, because the
   * SDK replaces the data file in its call.
   */
  private final class Watched implements FutureCallback<SimpleHttpResponse> {

    private final SimpleHttpRequest request;
    private final FutureCallback<SimpleHttpResponse> callback;

    Watched(SimpleHttpRequest request, FutureCallback<SimpleHttpResponse> callback) {
      this.request = request;
      this.callback = callback;
    }

    @Override
    public void completed(SimpleHttpResponse response) {
      traffic.answered(request, response.getCode());
      callback.completed(response);
    }

    @Override
    public void failed(Exception fault) {
      traffic.failed(request, fault);
      callback.failed(fault);
    }

    @Override
    public void cancelled() {
      traffic.cancelled(request);
      callback.cancelled();
    }
  }
}
