package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.Visitor;
import com.kameleoon.managers.tracking.TrackingManager;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

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

  /**
   * Removes a visitor for whom the SDK has nothing to send. Locks the registry before the map, as
   * the SDK does.
   *
   * @param visitors the SDK's own map
   * @param removable whether the visitor may be removed
   * @return whether the map has no such visitor any more
   */
  boolean removeUnlessPending(
      ConcurrentMap<String, Visitor> visitors, String code, Predicate<Visitor> removable) {
    // The registry locks itself, and replaces the set.
    synchronized (registry) {
      return !contains(code)
          && visitors.computeIfPresent(
                  code, (key, visitor) -> removable.test(visitor) ? null : visitor)
              == null;
    }
  }

  private boolean contains(String code) {
    try {
      return ((Set<?>) codes.get(registry)).contains(code);
    } catch (IllegalAccessException e) {
      // Made accessible above.
      throw new IllegalStateException(e);
    }
  }
}
