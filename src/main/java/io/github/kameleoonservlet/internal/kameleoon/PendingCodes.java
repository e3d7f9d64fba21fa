package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.Visitor;
import com.kameleoon.managers.tracking.TrackingManager;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * The codes of visitors with events that the SDK sends at the end of the tracking interval. Reads
 * the SDK's registry. Thread-safe.
 */
final class PendingCodes {

  private final Object registry;
  private final Field codes;

  /**
   * Finds the SDK's registry.
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
   * Removes a visitor from the SDK's map, unless the SDK has events of the visitor to send. Locks
   * the registry before the map, as the SDK does.
   *
   * @param visitors the SDK's map of visitors
   * @param removable whether the visitor may be removed
   * @return whether the map no longer contains the visitor
   */
  boolean removeUnlessPending(
      ConcurrentMap<String, Visitor> visitors, String code, Predicate<Visitor> removable) {
    // The SDK uses the registry as lock, and replaces the set of codes.
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
      // The constructor made the field accessible.
      throw new IllegalStateException(e);
    }
  }
}
