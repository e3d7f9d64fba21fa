package io.github.kameleoonservlet.benchmark.nodes;

/** A mistake in the configuration that {@code -Dnodes.fault} plants: the run must notice it. */
enum Fault {
  NONE,
  /** The second node has another userIdSecret. */
  SECRET,
  /** The second node keeps the codes in an H2 file of its own. */
  STORES
}
