package io.github.kameleoonservlet.benchmark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends finds from several threads at once, as the requests of a server do. */
final class Crowd {

  private static final int THREADS = 8;
  private static final int FINDS = 2_000;

  private Crowd() {}

  /** Returns the number of finds that the store answers in a second. */
  static long findsASecond(LinkedStore store) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long began = System.nanoTime();
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        ends.add(
            threads.submit(
                () -> {
                  for (int find = 0; find < FINDS; find++) {
                    store.find();
                  }
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      return THREADS * FINDS * 1_000_000_000L / (System.nanoTime() - began);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
  }
}
