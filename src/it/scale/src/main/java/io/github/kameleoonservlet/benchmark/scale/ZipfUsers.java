package io.github.kameleoonservlet.benchmark.scale;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws users; the k-th most frequent one has a probability in proportion to k^-s. */
final class ZipfUsers {

  private final double[] sums;
  private final SplittableRandom random = new SplittableRandom(1);

  ZipfUsers(int users, double s) {
    sums = new double[users];
    double sum = 0;
    for (int k = 0; k < users; k++) {
      sum += Math.pow(k + 1, -s);
      sums[k] = sum;
    }
  }

  /** Returns the rank of the next user, from 0. */
  int next() {
    int index = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
    return index < 0 ? -index - 1 : index;
  }
}
