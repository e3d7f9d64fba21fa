package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.Visitor;
import com.kameleoon.network.ISendable;

/** The criteria by which a visitor of SDK 4.5.0 can be removed from its memory and restored. */
final class IdleCriteria {

  /** The engine tracking code names the experiments of the last five seconds (SDK 4.5.0). */
  private static final long NAMED_MILLIS = 5_000;

  /** Longer than a thread takes in the SDK from finding a visitor to adding data. */
  static final long LEAST_MILLIS = 1_000;

  /** Longer than the SDK tries to send an activity, which it does not keep with the visitor. */
  static final long ACTIVITY_MILLIS = 60_000;

  private IdleCriteria() {}

  /**
   * Returns whether the SDK holds only delivered exposures, a User-Agent and a consent of a
   * visitor, and needs them no longer.
   *
   * @param now in milliseconds, as {@link System#currentTimeMillis}
   * @param storm whether there are so many visitors that memory comes first
   */
  static boolean isIdle(Visitor visitor, long now, boolean storm) {
    return visitor.getLastActivityDateTime() <= now - neededMillis(visitor, storm)
        && holdsOnlyDelivered(visitor);
  }

  private static long neededMillis(Visitor visitor, boolean storm) {
    if (visitor.getAssignedVariations().isEmpty()) {
      return storm ? NAMED_MILLIS : ACTIVITY_MILLIS;
    }
    return storm ? LEAST_MILLIS : NAMED_MILLIS;
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
