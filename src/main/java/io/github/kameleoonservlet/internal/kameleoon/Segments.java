package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.targeting.TargetingObject;
import com.kameleoon.targeting.TargetingTree;
import com.kameleoon.targeting.condition.TargetingConditionType;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of one data file. Their number is limited by the data file. Thread-safe. */
final class Segments {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);

  private static final Set<TargetingConditionType> ON_ASSIGNMENTS =
      Set.of(
          TargetingConditionType.TARGET_FEATURE_FLAG,
          TargetingConditionType.EXCLUSIVE_FEATURE_FLAG);

  private final DataFile dataFile;
  private final Map<TargetingObject, Reference> known = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> notes = new ConcurrentHashMap<>();
  private volatile @Nullable Boolean onAssignments;

  Segments(DataFile dataFile) {
    this.dataFile = dataFile;
  }

  /** Returns whether these are the segments of a data file. */
  boolean areOf(DataFile other) {
    return dataFile == other;
  }

  /** Returns the segment of a rule; null if the rule reaches every visitor. */
  @Nullable Segment of(TargetingObject rule) {
    Reference reference = known.get(rule);
    if (reference == null) {
      reference = new Reference(true, read(rule));
      known.put(rule, reference);
    }
    return reference.segment();
  }

  /** Records that a condition of a feature cannot be evaluated. */
  void note(String featureKey, String note) {
    notes.computeIfAbsent(featureKey, key -> ConcurrentHashMap.newKeySet()).add(note);
  }

  /** Returns the notes about a feature. */
  Set<String> notes(String featureKey) {
    return notes.getOrDefault(featureKey, Set.of());
  }

  /** Finds a segment by its id. */
  Reference byId(int segmentId) {
    TargetingObject rule = dataFile.getRuleBySegmentId(segmentId);
    return rule == null ? Reference.MISSING : new Reference(true, of(rule));
  }

  /** Returns whether a condition compares variations that were assigned to the visitor. */
  boolean compareAssignments() {
    Boolean found = onAssignments;
    if (found == null) {
      found =
          dataFile.getFeatureFlags().values().stream()
              .flatMap(flag -> flag.getRules().stream())
              .map(this::of)
              .filter(Objects::nonNull)
              .flatMap(segment -> segment.conditions().stream())
              .anyMatch(condition -> ON_ASSIGNMENTS.contains(condition.type()));
      onAssignments = found;
    }
    return found;
  }

  private @Nullable Segment read(TargetingObject rule) {
    try {
      // The SDK builds the tree in this call, and throws if a condition is malformed.
      TargetingTree tree = rule.getTargetingTree();
      return tree == null ? null : Segment.of(this, tree, DataFileJson.conditions(rule));
    } catch (RuntimeException | StackOverflowError e) {
      // StackOverflowError, because the SDK reads the conditions of a segment by recursion.
      LOG.warn(
          "The SDK cannot read a segment ({}): no visitor meets the segment. Correct"
              + " the segment at Kameleoon. Logged once for each data file.",
          SdkFailures.message(e));
      return Segment.unreadable(this);
    }
  }

  /**
   * The segment to which a condition refers.
   *
   * @param isThere whether the data file contains the segment
   * @param segment the segment; null if every visitor meets it
   */
  record Reference(boolean isThere, @Nullable Segment segment) {

    static final Reference MISSING = new Reference(false, null);

    boolean isMissing() {
      return !isThere;
    }
  }
}
