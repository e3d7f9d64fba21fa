package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.managers.tracking.TrackingManager;
import java.lang.reflect.Field;
import java.util.Set;

/**
 * The visitor codes for which the SDK sends something at the end of the tracking interval, read
 * from its registry. Thread-safe.
 */
final class PendingCodes {

  private final Object registry;
  private final Field codes;

  /**
   * Finds the registry.
   *
   * @throws ReflectiveOperationException if the internals differ from 4.5.0
   */
  PendingCodes(TrackingManager tracking) throws ReflectiveOperationException {
    registry = SdkInternals.read(tracking, "trackingVisitors");
    codes = registry.getClass().getDeclaredField("visitors");
    codes.setAccessible(true);
    if (!Set.class.isAssignableFrom(codes.getType())) {
      throw new NoSuchFieldException("visitors");
    }
  }

  /** Returns whether the SDK will send something for a visitor. */
  boolean contains(String code) {
    // The registry locks itself, and replaces the set.
    synchronized (registry) {
      try {
        return ((Set<?>) codes.get(registry)).contains(code);
      } catch (IllegalAccessException e) {
        // Made accessible above.
        throw new IllegalStateException(e);
      }
    }
  }
}
