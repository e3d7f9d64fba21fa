package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import io.github.kameleoonservlet.internal.config.SettingInEffect;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The section about the store. */
final class StoreSection {

  private static final Set<String> KINDS =
      Set.of("dataSource", "jdbcUrl", "persistenceUnit", "store");

  private StoreSection() {}

  static Section of(List<SettingInEffect> settings, StoreCounts.Snapshot counts, Instant now) {
    long searches = counts.cacheHits() + counts.cacheMisses();
    Facts facts =
        new Facts()
            .add("kind", "Kind", kind(settings))
            .add("state", "State", mark(counts.state()))
            .add("cacheHits", "Answered by the cache", counts.cacheHits())
            .add("cacheMisses", "Not in the cache", counts.cacheMisses())
            .add(
                "cacheHitShare",
                "Share of the cache",
                searches == 0 ? null : new Value.Share((double) counts.cacheHits() / searches))
            .add("outagesSinceStart", "Outages since the start", counts.outagesSinceStart());
    return new Section(
        "store",
        "Store",
        "The database that keeps one code for each user. While it is down, signed-in users whose"
            + " code is not in the cache get no variations; every request is answered.",
        facts,
        outages(counts, now),
        latencies(counts),
        calls(counts));
  }

  /** Returns the word for the state of the store, and how good it is. */
  static Value.Mark mark(StoreCounts.State state) {
    return switch (state) {
      case REACHABLE -> Value.good(state.name());
      case OPENING -> Value.neutral(state.name());
      case DOWN, UNUSABLE -> Value.bad(state.name());
    };
  }

  private static String kind(List<SettingInEffect> settings) {
    return settings.stream()
        .filter(setting -> KINDS.contains(setting.name()))
        .map(setting -> setting.name() + " " + setting.text())
        .findFirst()
        .orElse("H2 file of this library");
  }

  private static Table outages(StoreCounts.Snapshot counts, Instant now) {
    Table table =
        new Table(
            "outages",
            "Outages, the last one first",
            "No outage since the start.",
            column("part", "What fails"),
            column("begin", "Start"),
            column("end", "End"),
            column("duration", "Duration"),
            column("cause", "Cause"));
    List<StoreCounts.Outage> last = new ArrayList<>(counts.outages());
    Collections.reverse(last);
    for (StoreCounts.Outage outage : last) {
      Instant end = outage.end();
      table.row(
          outage.part().name(),
          outage.begin(),
          end == null ? new Value.Missing("ongoing") : end,
          Duration.between(outage.begin(), end == null ? now : end),
          new Value.Code(outage.cause()));
    }
    return table;
  }

  private static Table latencies(StoreCounts.Snapshot counts) {
    Table table =
        new Table(
            "latencies",
            "How long requests waited for the store",
            "No request has called the store since the start.",
            column("operation", "Operation"),
            column("median", "Half took at most"),
            column("p95", "95 % took at most"),
            column("p99", "99 % took at most"));
    counts
        .latencies()
        .forEach(one -> table.row(one.operation().name(), one.median(), one.p95(), one.p99()));
    return table;
  }

  private static Table calls(StoreCounts.Snapshot counts) {
    Table table =
        new Table(
            "calls",
            "Calls of the store",
            "No request has called the store since the start.",
            column("operation", "Operation"),
            column("result", "Result"),
            column("count", "Calls"));
    counts
        .calls()
        .forEach(one -> table.row(one.operation().name(), one.result().name(), one.count()));
    return table;
  }
}
