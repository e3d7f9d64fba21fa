package io.github.kameleoonservlet.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many threads that run a task at the same moment. */
final class Crowd {

  private Crowd() {}

  /** Runs {@code task} for 0 to {@code size - 1} at once, and returns the results in that order. */
  static <T> List<T> atOnce(int size, IntFunction<T> task) {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      CyclicBarrier start = new CyclicBarrier(size);
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int number = i;
        tasks.add(
            () -> {
              start.await(60, TimeUnit.SECONDS);
              return task.apply(number);
            });
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new AssertionError("one of the crowd failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
