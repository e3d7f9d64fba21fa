package io.github.kameleoonservlet.benchmark.nodes;

import io.github.kameleoonservlet.benchmark.nodes.Erasures.Erasure;
import io.github.kameleoonservlet.benchmark.nodes.Tally.Count;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares the codes that the devices got with the table, and prints all counts as one table. */
final class Verdict {

  private final Map<String, String> lines = new LinkedHashMap<>();
  private int faults;

  /**
   * Compares the codes.
   *
   * @param last the codes of the last requests of each user's two devices
   */
  Verdict(Tally tally, Map<String, List<String>> last, Database.Links links) {
    for (Count count : Count.values()) {
      if (count.isFault) {
        fault(count.title, tally.get(count));
      } else {
        figure(count.title, tally.get(count));
      }
    }
    int rows = 0;
    int different = 0;
    int twoCodes = 0;
    for (Map.Entry<String, List<String>> user : last.entrySet()) {
      Set<String> codes = new HashSet<>(user.getValue());
      codes.addAll(tally.codes().getOrDefault(user.getKey(), Set.of()));
      twoCodes += codes.size() == 1 ? 0 : 1;
      String stored = links.codes().get(Cluster.key(user.getKey()));
      rows += stored == null ? 0 : 1;
      different += codes.equals(stored == null ? Set.of() : Set.of(stored)) ? 0 : 1;
    }
    figure("users on two devices", last.size());
    figure("their rows in the table", rows);
    fault("users with two codes", twoCodes);
    fault("users whose devices do not show the stored code", different);
    fault("codes shared by two users", tally.shared().size());
    figure("seconds with a node down", tally.nodeOutages.seconds());
    figure("seconds with the database down", tally.databaseOutages.seconds());
  }

  /** Adds the number of connections of the stores. */
  void connections(int count) {
    figure("connections of both stores to the database, under load", count);
  }

  /** Adds the erasures. */
  void erasures(List<Erasure> erasures, Database.Links links) {
    figure("erasures at one node", erasures.size());
    figure(
        "seconds until the last one took effect at the other node (cacheSeconds: "
            + Cluster.CACHE_SECONDS
            + ")",
        erasures.stream().mapToDouble(Erasure::seconds).max().orElse(0));
    fault("erasures that took effect later", erasures.stream().filter(Erasure::isLate).count());
    fault(
        "erased users without one new code on both devices",
        erasures.stream().filter(erasure -> !erasure.felt()).count());
    fault(
        "erased codes that are linked again, or gone from the table",
        erasures.stream().filter(erasure -> !links.erased().contains(erasure.erased())).count());
  }

  private void figure(String title, double value) {
    lines.put(title, String.format(Locale.ROOT, value == (long) value ? "%,.0f" : "%.1f", value));
  }

  private void fault(String title, long value) {
    lines.put(title, "**" + value + "**");
    faults += value == 0 ? 0 : 1;
  }

  /** Returns whether every invariant held. */
  boolean holds() {
    return faults == 0;
  }

  /** Prints the table. */
  void print() {
    System.out.println("| what | count |");
    System.out.println("|---|---|");
    lines.forEach((title, value) -> System.out.printf("| %s | %s |%n", title, value));
    System.out.println(
        holds() ? "Every invariant held." : "Broken invariants (bold, not 0): " + faults);
  }
}
