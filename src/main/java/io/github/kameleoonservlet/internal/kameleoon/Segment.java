package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.TargetingTree;
import com.kameleoon.targeting.condition.TargetingCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The segment of a rule: the SDK's conditions in the SDK's combination. Immutable and thread-safe.
 */
final class Segment {

  /** The words for every visitor. */
  static final String EVERYBODY = "everybody";

  /** The maximum length of a chain of segments that refer to each other. */
  private static final int MAX_DEPTH = 8;

  /** A node of the SDK's tree. */
  private sealed interface Node {}

  private record Leaf(int number, Condition condition) implements Node {}

  /** A group without conditions, which every visitor meets. */
  private record EmptyGroup() implements Node {}

  private record Branch(boolean either, Node left, Node right) implements Node {}

  private final Segments segments;
  private final @Nullable Node root;
  private final List<Condition> conditions = new ArrayList<>();

  private Segment(Segments segments, TargetingTree tree, List<Map<?, ?>> json) {
    this.segments = segments;
    this.root = node(tree, json);
  }

  /**
   * Creates a segment from the SDK's tree.
   *
   * @param json the segment's conditions in the data file, in their order
   */
  static Segment of(Segments segments, TargetingTree tree, List<Map<?, ?>> json) {
    return new Segment(segments, tree, json);
  }

  /** Returns a segment that no visitor meets, because the SDK cannot read it. */
  static Segment unreadable(Segments segments) {
    return new Segment(segments);
  }

  private Segment(Segments segments) {
    this.segments = segments;
    this.root = null;
  }

  private Node node(@Nullable TargetingTree tree, List<Map<?, ?>> json) {
    if (tree == null) {
      return new EmptyGroup();
    }
    TargetingCondition condition = tree.getTargetingCondition();
    if (condition != null) {
      conditions.add(
          new Condition(condition, ConditionText.of(condition, json, conditions.size())));
      return new Leaf(conditions.size(), conditions.get(conditions.size() - 1));
    }
    return new Branch(
        Boolean.TRUE.equals(tree.getOrOperator()),
        node(tree.getLeftChild(), json),
        node(tree.getRightChild(), json));
  }

  /** Returns whether a visitor meets the segment. */
  boolean isMet(DecisionData data, int experimentId) {
    return isMet(data, experimentId, MAX_DEPTH);
  }

  boolean isMet(DecisionData data, int experimentId, int depth) {
    return isMet(root, leaf -> leaf.condition().check(data, experimentId, segments, depth).isMet());
  }

  /** Returns whether the segment is met, given the results of its conditions in their order. */
  boolean isMet(List<Condition.Result> results) {
    return isMet(root, leaf -> results.get(leaf.number() - 1).isMet());
  }

  private static boolean isMet(@Nullable Node node, Predicate<Leaf> met) {
    if (node instanceof Leaf leaf) {
      return met.test(leaf);
    }
    if (node instanceof EmptyGroup) {
      return true;
    }
    return node instanceof Branch branch
        && (branch.either()
            ? isMet(branch.left(), met) || isMet(branch.right(), met)
            : isMet(branch.left(), met) && isMet(branch.right(), met));
  }

  /** Returns the result of every condition, in the order of their numbers. */
  List<Condition.Result> results(DecisionData data, int experimentId) {
    return conditions.stream()
        .map(condition -> condition.check(data, experimentId, segments, MAX_DEPTH))
        .toList();
  }

  /** Returns the conditions in the order of their numbers. */
  List<Condition> conditions() {
    return List.copyOf(conditions);
  }

  /** Returns the combination of the conditions' numbers, for example {@code 1 and (2 or 3)}. */
  String expression() {
    return root == null ? "" : expression(root, null, leaf -> String.valueOf(leaf.number()));
  }

  /** Returns which visitors meet the segment, in words. */
  String words() {
    return root == null
        ? "no visitor, because the SDK cannot read the segment"
        : expression(root, null, leaf -> leaf.condition().text().words());
  }

  private static String expression(
      Node node, @Nullable Branch outer, Function<Leaf, String> leafText) {
    if (node instanceof Leaf leaf) {
      return leafText.apply(leaf);
    }
    if (node instanceof EmptyGroup) {
      return EVERYBODY;
    }
    Branch branch = (Branch) node;
    String text =
        expression(branch.left(), branch, leafText)
            + (branch.either() ? " or " : " and ")
            + expression(branch.right(), branch, leafText);
    return outer == null || outer.either() == branch.either() ? text : "(" + text + ")";
  }
}
