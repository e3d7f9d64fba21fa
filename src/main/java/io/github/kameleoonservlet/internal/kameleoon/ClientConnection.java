package io.github.kameleoonservlet.internal.kameleoon;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the client on a thread of its own, again and again until it is there, and anew when
 * somebody else has let it go. Thread-safe.
 */
final class ClientConnection {

  private static final String NOT_MADE =
      "Cannot create the Kameleoon client, retrying every 10 seconds; visitors get 'off' meanwhile";
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Supplier<SdkClient> source;
  private final Consumer<@Nullable SdkClient> changed;
  private final OnceLog failures;
  private final Duration retry;
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile @Nullable SdkClient client;
  private @Nullable Thread maker;
  private boolean closed;

  /**
   * Does not connect yet.
   *
   * @param source makes a client, may wait for the network, may throw
   * @param changed hears of each new client, before {@link #current()} gives it out, and of null
   *     when the client is of no use any more
   * @param failures logs the failures
   * @param retry the pause after a failure
   */
  private ClientConnection(
      Supplier<SdkClient> source,
      Consumer<@Nullable SdkClient> changed,
      OnceLog failures,
      Duration retry) {
    this.source = source;
    this.changed = changed;
    this.failures = failures;
    this.retry = retry;
  }

  /** Starts to make the client in the background. */
  static ClientConnection inBackground(
      Supplier<SdkClient> source, Consumer<@Nullable SdkClient> changed, OnceLog failures) {
    return inBackground(source, changed, failures, RETRY);
  }

  static ClientConnection inBackground(
      Supplier<SdkClient> source,
      Consumer<@Nullable SdkClient> changed,
      OnceLog failures,
      Duration retry) {
    ClientConnection connection = new ClientConnection(source, changed, failures, retry);
    connection.connect();
    return connection;
  }

  /** Takes a client that is there already. */
  static ClientConnection to(SdkClient client, Consumer<@Nullable SdkClient> changed) {
    ClientConnection connection = new ClientConnection(() -> client, changed, new OnceLog(), RETRY);
    connection.take(client);
    return connection;
  }

  /** Never has a client. */
  static ClientConnection none() {
    return new ClientConnection(
        () -> {
          throw new IllegalStateException("not asked for");
        },
        client -> {},
        new OnceLog(),
        RETRY);
  }

  /** The client; null while there is none. Never waits. */
  @Nullable SdkClient current() {
    SdkClient now = client;
    if (now != null && now.stopped()) {
      connect();
      // It still decides, from its last data file.
    }
    return now;
  }

  private synchronized void connect() {
    if (closed || maker != null) {
      return;
    }
    // Without what a request's thread would hand down: its security context would live on.
    Thread thread = ConnectThread.of(this::make);
    changed.accept(null);
    try {
      thread.start();
      maker = thread;
    } catch (OutOfMemoryError e) {
      if (client == null) {
        throw e;
      }
      // The JVM has no thread left. It is a request that noticed: the next one tries again.
    }
  }

  private void make() {
    SdkClient old = client;
    if (old != null) {
      old.stop();
    }
    while (true) {
      SdkClient made = null;
      try {
        made = source.get();
      } catch (Throwable e) {
        // Of the errors, memory and threads that were short come back; nobody else would try on. At
        // the end close() interrupts it, and nobody tries on.
        if (ending.getCount() > 0) {
          failures.failed(NOT_MADE, e);
        }
      }
      if (made != null) {
        failures.recovered(NOT_MADE);
      }
      if (made == null ? !rest() : take(made)) {
        return;
      }
    }
  }

  private boolean take(SdkClient made) {
    synchronized (this) {
      maker = null;
      if (!closed) {
        changed.accept(made);
        SdkClient before = client;
        client = made;
        if (before != null) {
          // Not earlier: it has decided until now.
          before.detach();
        }
        return true;
      }
    }
    made.close(Duration.ZERO);
    return true;
  }

  private boolean rest() {
    try {
      return !ending.await(retry.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Only close() interrupts.
      return false;
    }
  }

  /**
   * Ends the connecting, delivers what is pending and lets the client go.
   *
   * @return how many events were not delivered
   */
  long close(Duration atMost) {
    Thread thread;
    SdkClient last;
    synchronized (this) {
      closed = true;
      thread = maker;
      last = client;
      client = null;
      // What comes from now on is kept and counted; the client would take it and count no more.
      changed.accept(null);
    }
    ending.countDown();
    long lost = last == null ? 0 : last.close(atMost);
    if (thread != null) {
      // It may be inside the SDK, waiting for the platform.
      thread.interrupt();
      try {
        thread.join(atMost.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return lost;
  }
}
