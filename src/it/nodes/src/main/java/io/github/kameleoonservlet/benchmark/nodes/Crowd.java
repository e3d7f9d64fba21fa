package io.github.kameleoonservlet.benchmark.nodes;

import io.github.kameleoonservlet.benchmark.nodes.Answer.Visitor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Users on two devices each, whose requests several threads send through nginx. New devices arrive
 * up to the number that {@link #letIn} allows; devices that have arrived keep sending requests.
 */
final class Crowd implements AutoCloseable {

  private static final int THREADS = 12;
  private static final long SEED = 9;

  private final URI base;
  private final Tally tally;
  private final List<Device> devices = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicReference<Throwable> wrong = new AtomicReference<>();
  private final List<Thread> threads;
  private volatile int gate;
  private volatile boolean closed;

  /** Creates the users; no device arrives before {@link #letIn}. */
  Crowd(URI base, int users, Tally tally) {
    this.base = base;
    this.tally = tally;
    for (int i = 0; i < users; i++) {
      // Neighbours in the list often sign in at the same time, on different nodes.
      devices.add(new Device("user-" + i));
      devices.add(new Device("user-" + i));
    }
    threads =
        IntStream.range(0, THREADS)
            .mapToObj(i -> new Thread(() -> run(new Random(SEED + i)), "crowd " + i))
            .toList();
    threads.forEach(Thread::start);
  }

  List<Device> devices() {
    return devices;
  }

  /** Lets a part of all devices arrive, and waits until they have arrived. */
  void letIn(double part) throws InterruptedException {
    int before = answers();
    gate = (int) (part * devices.size());
    // The loop also waits for some requests of earlier devices.
    while ((arrived.get() < gate || answers() < before + 100) && wrong.get() == null) {
      Thread.sleep(20);
    }
    if (wrong.get() != null) {
      throw new IllegalStateException("the requests of a user failed", wrong.get());
    }
  }

  private int answers() {
    return tally.get(Tally.Count.PAGES) + tally.get(Tally.Count.API);
  }

  private void run(Random random) {
    try {
      while (!closed && wrong.get() == null) {
        step(random);
      }
    } catch (Throwable e) {
      wrong.compareAndSet(null, e);
    }
  }

  private void step(Random random) throws InterruptedException {
    int index = next.get();
    if (index < gate && next.compareAndSet(index, index + 1)) {
      Device device = devices.get(index);
      device.inUse.lock();
      try {
        arrive(device, random);
      } finally {
        device.inUse.unlock();
      }
      arrived.incrementAndGet();
    } else if (index >= gate && arrived.get() > 0) {
      Device device = devices.get(random.nextInt(index));
      if (device.inUse.tryLock()) {
        try {
          comeBack(device, random);
        } finally {
          device.inUse.unlock();
        }
      }
    } else if (index >= gate) {
      Thread.sleep(10);
    }
  }

  /**
   * Opens anonymous pages, so that the device has its own code, then signs in and opens more pages.
   */
  private void arrive(Device device, Random random) {
    read(device, random.nextBoolean());
    if (random.nextBoolean()) {
      read(device, true);
    }
    comeBack(device, random);
    comeBack(device, random);
  }

  private void comeBack(Device device, Random random) {
    // A user whose sign-in failed tries again later.
    if (!device.isSignedIn() && !tally.signIn(device.signIn(base))) {
      return;
    }
    read(device, true);
    read(device, random.nextBoolean());
  }

  private Visitor read(Device device, boolean page) {
    String before = device.code();
    Answer answer = page ? device.page(base) : device.visitorCode(base);
    return tally.visit(device, before, answer);
  }

  /**
   * Repeats the last request of a device until the user is signed in and has a code.
   *
   * @return the code
   */
  String last(Device device, boolean page) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < deadline) {
      if (device.isSignedIn() || tally.signIn(device.signIn(base))) {
        Visitor visitor = read(device, page);
        if (visitor != null && visitor.known() && visitor.code() != null) {
          return visitor.code();
        }
      }
    }
    throw new IllegalStateException(device.user + " has no code after a minute");
  }

  /** Waits for the end of the requests that have begun. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
