package io.github.kameleoonservlet.benchmark.scale;

import java.lang.management.ManagementFactory;

/** Measures the heap. */
final class Heap {

  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** Returns the bytes in use after full collections. */
  static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
