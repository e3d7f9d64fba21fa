package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.Visitor;
import com.kameleoon.network.ISendable;

/** The criteria for removing a visitor from the memory of SDK 4.5.0 without a loss of data. */
final class IdleCriteria {

  /** The engine tracking code names the experiments of the last five seconds (SDK 4.5.0). */
  private static final long NAMED_MILLIS = 5_000;

  /** Longer than the time between finding a visitor and adding data in the SDK. */
  static final long LEAST_MILLIS = 1_000;

  /**
   * Longer than the SDK tries to send an activity. The SDK does not keep activities with the
   * visitor.
   */
  static final long ACTIVITY_MILLIS = 60_000;

  private IdleCriteria() {}

  /**
   * Returns whether the SDK no longer needs a visitor. The SDK then holds only delivered exposures,
   * a User-Agent and a consent of the visitor.
   *
   * @param now in milliseconds, as {@link System#currentTimeMillis}
   * @param crowded whether there are so many visitors that memory has precedence
   */
  static boolean isIdle(Visitor visitor, long now, boolean crowded) {
    return visitor.getLastActivityDateTime() <= now - neededMillis(visitor, crowded)
        && holdsOnlyDelivered(visitor);
  }

  private static long neededMillis(Visitor visitor, boolean crowded) {
    if (visitor.getAssignedVariations().isEmpty()) {
      return crowded ? NAMED_MILLIS : ACTIVITY_MILLIS;
    }
    return crowded ? LEAST_MILLIS : NAMED_MILLIS;
  }

  private static boolean holdsOnlyDelivered(Visitor visitor) {
    return visitor.getCustomData().isEmpty()
        && visitor.getPageViewVisits().isEmpty()
        && visitor.getConversions().isEmpty()
        && visitor.getDevice() == null
        && visitor.getBrowser() == null
        && visitor.getOperatingSystem() == null
        && visitor.getGeolocation() == null
        && visitor.getCookie() == null
        && visitor.getKcsHeat() == null
        && visitor.getVisitorVisits() == null
        && visitor.getMappingIdentifier() == null
        && !visitor.isUniqueIdentifier()
        && visitor.getAssignedVariations().values().stream().allMatch(ISendable::isSent);
  }
}
