package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.internal.outage.RetryLoop;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the SDK's client. A background thread creates the client and repeats a failed
 * attempt every ten seconds. If other code stops the client, the thread creates another client.
 * Thread-safe.
 */
final class ClientConnection {

  private static final String CREATION_FAILED =
      "Cannot create the Kameleoon client, retrying every 10 seconds; visitors get 'off' meanwhile";
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Supplier<SdkClient> source;
  private final Consumer<@Nullable SdkClient> changed;
  private final SdkFailures failures;
  private final RetryLoop attempts;
  private volatile @Nullable SdkClient client;
  private @Nullable Thread connectThread;
  private boolean closed;

  /**
   * Creates a connection without a client.
   *
   * @param source creates a client, may wait for the network, may throw
   * @param changed receives each new client before {@link #current()} returns the client, and null
   *     when the present client is stopped or closed
   * @param failures logs the failures
   * @param retry the pause after a failure
   */
  private ClientConnection(
      Supplier<SdkClient> source,
      Consumer<@Nullable SdkClient> changed,
      SdkFailures failures,
      Duration retry) {
    this.source = source;
    this.changed = changed;
    this.failures = failures;
    this.attempts = new RetryLoop(retry, 1);
  }

  /** Returns a connection that creates its client in the background. Never waits. */
  static ClientConnection inBackground(
      Supplier<SdkClient> source, Consumer<@Nullable SdkClient> changed, SdkFailures failures) {
    return inBackground(source, changed, failures, RETRY);
  }

  static ClientConnection inBackground(
      Supplier<SdkClient> source,
      Consumer<@Nullable SdkClient> changed,
      SdkFailures failures,
      Duration retry) {
    ClientConnection connection = new ClientConnection(source, changed, failures, retry);
    connection.connect();
    return connection;
  }

  /** Returns a connection with an existing client. */
  static ClientConnection to(SdkClient client, Consumer<@Nullable SdkClient> changed) {
    ClientConnection connection =
        new ClientConnection(() -> client, changed, new SdkFailures(), RETRY);
    connection.take(client);
    return connection;
  }

  /** Returns a connection that never has a client. */
  static ClientConnection none() {
    return new ClientConnection(
        () -> {
          throw new IllegalStateException("a connection without a client creates none");
        },
        client -> {},
        new SdkFailures(),
        RETRY);
  }

  /**
   * Returns the client; null until the client has been created, and after {@link #close}. Never
   * waits.
   */
  @Nullable SdkClient current() {
    SdkClient now = client;
    if (now != null && now.stopped()) {
      connect();
      // The stopped client still decides, from its last data file.
    }
    return now;
  }

  private synchronized void connect() {
    if (closed || connectThread != null) {
      return;
    }
    Thread thread = ConnectThread.of(this::createClient);
    changed.accept(null);
    try {
      thread.start();
      connectThread = thread;
    } catch (OutOfMemoryError e) {
      if (client == null) {
        throw e;
      }
      // The JVM has no thread left. A request calls this method, and the next request tries again.
    }
  }

  private void createClient() {
    SdkClient old = client;
    if (old != null) {
      old.stop();
    }
    try {
      boolean unused = attempts.run(this::attempt);
    } catch (InterruptedException e) {
      // Only close() interrupts this thread, which ends.
    }
  }

  private boolean attempt() {
    SdkClient created;
    try {
      created = source.get();
    } catch (Throwable e) {
      // Errors are caught as well, because memory and threads become available again. A failure
      // after close() is not logged, because close() interrupts the attempt.
      if (!attempts.isStopped()) {
        failures.failed(CREATION_FAILED, e);
      }
      return false;
    }
    failures.recovered(CREATION_FAILED);
    take(created);
    return true;
  }

  private void take(SdkClient created) {
    synchronized (this) {
      connectThread = null;
      if (!closed) {
        changed.accept(created);
        SdkClient before = client;
        client = created;
        if (before != null) {
          // Not earlier, because requests have decided with the old client until now.
          before.detach();
        }
        return;
      }
    }
    created.close(Duration.ZERO);
  }

  /**
   * Ends the attempts, delivers the pending events and releases the client.
   *
   * @param atMost the maximum time for the delivery, and again for the end of the thread
   * @return the number of events that were not delivered
   */
  long close(Duration atMost) {
    Thread thread;
    SdkClient last;
    synchronized (this) {
      closed = true;
      thread = connectThread;
      last = client;
      client = null;
      // From now on the queue keeps and counts events. The client would accept events without
      // counting them.
      changed.accept(null);
    }
    attempts.stop();
    long lost = last == null ? 0 : last.close(atMost);
    if (thread != null) {
      // The thread may wait for the platform inside the SDK.
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
