package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.managers.data.DataManager;
import com.kameleoon.targeting.TargetingManager;
import com.kameleoon.targeting.TargetingManagerImpl;
import com.kameleoon.targeting.TargetingObject;
import java.lang.reflect.Field;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of a client's targeting manager. Evaluates segments with the data of the request
 * for which the calling thread decides. Passes calls of the application to the replaced manager.
 * Thread-safe.
 */
final class RequestTargeting extends SdkHook<TargetingManager> implements TargetingManager {

  private static final String FIELD = "targetingManager";

  /** The request of the calling thread; null outside of a decision of this library. */
  private static final ThreadLocal<@Nullable SegmentResults> CURRENT = new ThreadLocal<>();

  private final KameleoonClient client;
  private final Field field;
  private final DataManager data;
  private final VisitorData visitorData;
  private volatile Segments segments;

  private RequestTargeting(
      KameleoonClient client,
      Field field,
      TargetingManager replaced,
      DataManager data,
      VisitorData visitorData) {
    super(replaced);
    this.client = client;
    this.field = field;
    this.data = data;
    this.visitorData = visitorData;
    this.segments = new Segments(data.getDataFile());
  }

  /**
   * Installs a new manager in a client.
   *
   * @throws ReflectiveOperationException if the internals of the client or its conditions differ
   *     from 4.5.0
   */
  static RequestTargeting install(KameleoonClient client, DataManager data, VisitorManager visitors)
      throws ReflectiveOperationException {
    ConditionFields.require();
    VisitorData visitorData = new VisitorData(new TargetingManagerImpl(visitors, data));
    Field field = client.getClass().getDeclaredField(FIELD);
    field.setAccessible(true);
    synchronized (client) {
      TargetingManager replaced = (TargetingManager) field.get(client);
      RequestTargeting targeting = new RequestTargeting(client, field, replaced, data, visitorData);
      field.set(client, targeting);
      return targeting;
    }
  }

  /** Removes the manager from the client. Further calls have no effect. */
  void uninstall() {
    synchronized (client) {
      try {
        if (removedFrom(field.get(client))) {
          field.set(client, replaced());
        }
      } catch (IllegalAccessException e) {
        // install() made the field accessible.
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  Object next(TargetingManager now) {
    return now;
  }

  /** Returns the data that the SDK keeps of visitors. */
  VisitorData visitorData() {
    return visitorData;
  }

  /** Makes a call of the SDK that decides with the data of a request. */
  <T> T decideFor(SegmentResults results, Call<T> call) throws KameleoonException {
    SegmentResults outer = CURRENT.get();
    CURRENT.set(results);
    try {
      return call.make();
    } finally {
      if (outer == null) {
        // set(null) would leave an entry, which keeps the web application's class loader alive.
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /** Returns the faults that decisions of a feature by the current data file have met. */
  Set<String> notes(String featureKey) {
    Segments known = segments;
    return known.areOf(data.getDataFile()) ? known.notes(featureKey) : Set.of();
  }

  /** Returns the segment of a rule; null if the rule reaches every visitor. */
  @Nullable Segment segment(TargetingObject rule) {
    return segments().of(rule);
  }

  /** Returns the rules of a feature with their segments. */
  FeatureRules rules(FeatureFlag flag) {
    return new FeatureRules(flag, segments());
  }

  /** Returns whether a condition of the data file compares the visitor's assigned variations. */
  boolean comparesAssignments() {
    return segments().compareAssignments();
  }

  private Segments segments() {
    DataFile now = data.getDataFile();
    Segments known = segments;
    if (!known.areOf(now)) {
      known = new Segments(now);
      segments = known;
    }
    return known;
  }

  @Override
  public boolean checkTargeting(String code, int experimentId, TargetingObject rule) {
    SegmentResults results = CURRENT.get();
    return results == null
        ? replaced().checkTargeting(code, experimentId, rule)
        : results.isMet(rule, experimentId, this);
  }

  /** A call of the SDK. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws KameleoonException;
  }
}
