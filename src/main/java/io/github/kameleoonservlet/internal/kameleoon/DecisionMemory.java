package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.configuration.VariationByExposition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of recent visitors by one data file. The SDK's engine decides by three values: the
 * hashed text, the rules of the data file, and the segments that the request meets. The same three
 * values identify a remembered decision. Thread-safe.
 */
final class DecisionMemory {

  /** The number of decisions of a visitor that count as one visitor. */
  private static final int DECISIONS_OF_VISITOR = 10;

  private final DataFile dataFile;
  private final RecentDecisions visitors;
  private final Map<FeatureFlag, FeatureRules> features = new ConcurrentHashMap<>();
  private final Map<Assignment, SdkDecision> decisions = new ConcurrentHashMap<>();

  /**
   * Creates a memory without decisions.
   *
   * @param maxVisitors the maximum number of visitors; a visitor of more than ten decisions counts
   *     as more than one
   */
  DecisionMemory(DataFile dataFile, int maxVisitors) {
    this.dataFile = dataFile;
    this.visitors = new RecentDecisions(maxVisitors, DECISIONS_OF_VISITOR);
  }

  /** Returns whether a data file made the decisions. */
  boolean isOf(DataFile other) {
    return dataFile == other;
  }

  /** Returns the rules of a feature of the data file. */
  FeatureRules rules(FeatureFlag flag, RequestTargeting targeting) {
    FeatureRules known = features.get(flag);
    if (known == null) {
      known = targeting.rules(flag);
      features.put(flag, known);
    }
    return known;
  }

  /**
   * Finds a decision.
   *
   * @param hashed the text that the SDK hashes: the code, or the mapping identifier
   * @param results the segments that the request meets; null if no rule has a segment
   * @return null if no decision is remembered
   */
  @Nullable SdkDecision find(String hashed, FeatureFlag flag, @Nullable SegmentResults results) {
    return DecisionList.find(visitors.get(hashed), flag, results);
  }

  /**
   * Remembers a decision. Does nothing if the feature has more than {@link
   * SegmentResults#MAX_RULES} rules.
   */
  void add(String hashed, FeatureRules rules, SegmentResults results, SdkDecision decision) {
    if (rules.size() <= SegmentResults.MAX_RULES) {
      visitors.change(
          hashed,
          list -> DecisionList.add(list, rules.flag(), results.count(), results.met(), decision));
    }
  }

  /**
   * Returns the shared decision for a variation of a rule; null if no visitor has got the variation
   * yet.
   */
  @Nullable SdkDecision shared(Assignment assignment) {
    return decisions.get(assignment);
  }

  /** Shares one decision object between all visitors with this assignment, to save memory. */
  void share(Assignment assignment, SdkDecision decision) {
    decisions.put(assignment, decision);
  }

  /**
   * The result of the SDK's engine, compared by the identity of its parts.
   *
   * @param rule the rule that decided; null if no rule decided
   * @param variation the variation; null if the feature's default applies
   */
  record Assignment(
      FeatureFlag flag, @Nullable Rule rule, @Nullable VariationByExposition variation) {

    // Not the generated methods: Java 17 keeps the class loader of a record whose methods were used
    // (JDK-8078641).
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Assignment that
          && flag == that.flag
          && rule == that.rule
          && variation == that.variation;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * System.identityHashCode(flag) + System.identityHashCode(rule))
          + System.identityHashCode(variation);
    }
  }
}
