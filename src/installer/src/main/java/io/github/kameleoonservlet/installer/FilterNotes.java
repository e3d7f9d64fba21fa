package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Describes where the mapping of the visitor filter stands among the others. */
final class FilterNotes {

  private final FilterOrder order;
  private final List<String> notes;

  /**
   * @param notes gets the sentences
   */
  FilterNotes(FilterOrder order, List<String> notes) {
    this.order = order;
    this.notes = notes;
  }

  /**
   * Describes the place of a new mapping.
   *
   * @param first the filters that must run before the new one
   * @param predecessor the index of the mapping behind which the new one stands, or -1
   */
  void add(Set<String> first, int predecessor) {
    if (predecessor >= 0) {
      notes.add(
          "Its mapping stands behind that of the filter "
              + order.mappings().get(predecessor).filter()
              + ", which must run before.");
      List<String> others = order.between(0, predecessor, first);
      if (!others.isEmpty()) {
        notes.add("These filters run before it, too: " + String.join(", ", others) + ".");
      }
    } else if (order.mappings().isEmpty()) {
      notes.add("Its mapping is the only one.");
    } else {
      notes.add("Its mapping stands before all others.");
    }
    addUnplaced(first);
    if (first.isEmpty()) {
      notes.add(
          "WEB-INF/web.xml declares no filter that is known to sign users in. If a filter does, repeat"
              + " the command and name it with --after-filter. The command does not see filters that Java"
              + " code registers, such as Spring Security's in an"
              + " AbstractSecurityWebApplicationInitializer.");
    }
  }

  /** Names the filters that have no mapping. */
  void addUnplaced(Set<String> first) {
    Set<String> unplaced = new HashSet<>(first);
    unplaced.removeIf(filter -> order.lastOf(Set.of(filter)) >= 0);
    unplaced.forEach(
        filter ->
            notes.add(
                "The filter "
                    + filter
                    + " has no mapping to a URL pattern for requests, so it runs later or not at"
                    + " all. The filter of Kameleoon does not see its users."));
  }

  /**
   * Describes a visitor filter that was there before.
   *
   * @param first the filters that must run before it
   */
  void addExisting(String name, Set<String> first) {
    notes.add("The filter " + name + " is there already. Its settings were not changed.");
    int own = order.lastOf(Set.of(name));
    if (own < 0) {
      notes.add(
          "The filter " + name + " has no mapping to a URL pattern for requests. Add its mapping.");
      return;
    }
    int predecessor = order.lastOf(first);
    if (own < predecessor) {
      notes.add(
          "Its mapping is in the wrong place: move it behind that of the filter "
              + order.mappings().get(predecessor).filter()
              + ", which must run before.");
      return;
    }
    Set<String> except = new HashSet<>(first);
    except.add(name);
    List<String> others = new ArrayList<>(order.between(predecessor + 1, own, except));
    others.removeIf(order::isHarmless);
    if (!others.isEmpty()) {
      notes.add(
          "Its mapping is in the wrong place: move it before those of the filters "
              + String.join(", ", others)
              + ".");
    }
  }
}
