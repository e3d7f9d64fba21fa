package io.github.kameleoonservlet.benchmark;

import java.io.IOException;

/**
 * Decides one 50/50 feature, and tracks the exposure.
 *
 * @param <V> the type of a visitor
 */
interface Decider<V> extends AutoCloseable {

  String title();

  /** Creates a visitor; this cost is not measured. */
  V visitor(String code);

  /** Returns the key of the variation. */
  String decide(V visitor) throws Exception;

  @Override
  void close() throws IOException;
}
