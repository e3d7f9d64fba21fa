package io.github.kameleoonservlet.internal.statistics;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The number of decisions that pages and the API read, by feature, variation and reason. A page
 * that reads a feature twice in one request counts once.
 *
 * <p>Clients of the API choose the keys of features. A feature counts under its own key if the data
 * file has it, or if a decision has shown that it exists. Every other key, and every key before the
 * data file has arrived, counts under {@link #OTHER}. At most {@value #MOST_FEATURES} features with
 * {@value #MOST_VARIATIONS} variations each have counts of their own. Thread-safe and without a
 * lock, except for the first decision with each variation.
 */
public final class DecisionCounts {

  /** The key of all features and variations without counts of their own. */
  public static final String OTHER = "*";

  static final int MOST_FEATURES = 500;
  static final int MOST_VARIATIONS = 50;

  /** The reasons of features that exist. */
  private static final Set<Reason> OF_FEATURES =
      EnumSet.of(Reason.ASSIGNED, Reason.DEFAULT, Reason.DISABLED, Reason.PREVIEW);

  private static final ConcurrentMap<String, Reasons> NO_VARIATIONS = new ConcurrentHashMap<>();

  private final ConcurrentMap<String, ConcurrentMap<String, Reasons>> features =
      new ConcurrentHashMap<>();

  private volatile Consumer<String> newFeatures = feature -> {};
  private volatile Predicate<String> existing = feature -> false;

  DecisionCounts() {}

  /**
   * Calls an observer with the key of each feature that has a count, and later with each new one,
   * on the thread of its first decision. A key may occur twice.
   *
   * @param observer does not throw; replaces an earlier observer
   */
  public void forEachFeature(Consumer<String> observer) {
    newFeatures = observer;
    features.keySet().forEach(observer);
  }

  /**
   * Sets the test whether a feature exists, for decisions with a reason that does not show it.
   *
   * @param test is thread-safe and does not throw; gets only keys without counts of their own
   */
  public void existing(Predicate<String> test) {
    existing = test;
  }

  /** Returns the number of decisions of a feature with a reason. */
  public long count(String feature, Reason reason) {
    return features.getOrDefault(feature, NO_VARIATIONS).values().stream()
        .mapToLong(reasons -> reasons.count(reason))
        .sum();
  }

  /** Counts a decision that a page or an API call reads. */
  public void read(Variation variation) {
    Reason reason = variation.getReason();
    ConcurrentMap<String, Reasons> variations = features.get(variation.getFeatureKey());
    if (variations == null) {
      variations = first(variation.getFeatureKey(), reason);
    }
    Reasons reasons = variations.get(variation.getKey());
    if (reasons == null) {
      reasons = first(variations, variation.getKey());
    }
    reasons.add(reason);
  }

  private ConcurrentMap<String, Reasons> first(String feature, Reason reason) {
    boolean own =
        features.size() < MOST_FEATURES && (OF_FEATURES.contains(reason) || existing.test(feature));
    String key = own ? feature : OTHER;
    ConcurrentMap<String, Reasons> present = features.get(key);
    if (present != null) {
      return present;
    }
    ConcurrentMap<String, Reasons> fresh = new ConcurrentHashMap<>();
    ConcurrentMap<String, Reasons> known = features.putIfAbsent(key, fresh);
    if (known != null) {
      return known;
    }
    newFeatures.accept(key);
    return fresh;
  }

  private static Reasons first(ConcurrentMap<String, Reasons> variations, String variation) {
    boolean own = variations.size() < MOST_VARIATIONS;
    return variations.computeIfAbsent(own ? variation : OTHER, key -> new Reasons());
  }

  /** Returns the counts as of now, sorted by feature, variation and reason; none that is zero. */
  public List<Count> snapshot() {
    List<Count> counts = new ArrayList<>();
    features.forEach(
        (feature, variations) ->
            variations.forEach((variation, reasons) -> reasons.addTo(counts, feature, variation)));
    counts.sort(
        Comparator.comparing(Count::feature)
            .thenComparing(Count::variation)
            .thenComparing(Count::reason));
    return List.copyOf(counts);
  }

  /**
   * The number of decisions with one result. Immutable.
   *
   * @param feature the feature's key, or {@link #OTHER}
   * @param variation the variation's key, or {@link #OTHER}
   * @param reason the reason of the decisions
   * @param count how many there were since the start
   */
  public record Count(String feature, String variation, Reason reason, long count) {}

  /** The counts of one variation by reason. */
  private static final class Reasons {

    private final Map<Reason, LongAdder> counts =
        PerConstant.of(Reason.class, reason -> new LongAdder());

    void add(Reason reason) {
      PerConstant.at(counts, reason).increment();
    }

    long count(Reason reason) {
      return PerConstant.at(counts, reason).sum();
    }

    void addTo(List<Count> all, String feature, String variation) {
      counts.forEach(
          (reason, adder) -> {
            long count = adder.sum();
            if (count > 0) {
              all.add(new Count(feature, variation, reason, count));
            }
          });
    }
  }
}
