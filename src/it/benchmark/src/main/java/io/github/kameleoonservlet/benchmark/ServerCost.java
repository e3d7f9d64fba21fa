package io.github.kameleoonservlet.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The cost of a request.
 *
 * @param time until the response was read, in microseconds
 * @param cpu of the server's threads, in microseconds
 * @param garbage of the server's threads, in bytes
 */
record ServerCost(double time, double cpu, double garbage) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Sends the requests of one turn by all browsers at once, and measures their cost. */
  static ServerCost of(List<Browser> browsers, ExecutorService people) throws Exception {
    long[] workers =
        Arrays.stream(THREADS.dumpAllThreads(false, false))
            .filter(thread -> thread.getThreadName().contains("-exec-"))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    long garbage = Arrays.stream(THREADS.getThreadAllocatedBytes(workers)).sum();
    long cpu = Arrays.stream(THREADS.getThreadCpuTime(workers)).sum();
    long began = System.nanoTime();
    for (Future<?> sent : people.invokeAll(browsers)) {
      sent.get();
    }
    double time = System.nanoTime() - began;
    cpu = Arrays.stream(THREADS.getThreadCpuTime(workers)).sum() - cpu;
    garbage = Arrays.stream(THREADS.getThreadAllocatedBytes(workers)).sum() - garbage;
    double requests = Browser.REQUESTS;
    return new ServerCost(time / 1e3 / requests, cpu / 1e3 / requests, garbage / requests);
  }
}
