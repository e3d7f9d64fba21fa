package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The section about Kameleoon: the data file, the requests to the platform, and the events. */
final class PlatformSection {

  private PlatformSection() {}

  static Section of(PlatformStatus status, PlatformCounts.Snapshot counts, Instant now) {
    PlatformStatus.DataFile file = status.dataFile();
    PlatformStatus.Fetch fetch = status.lastFetch();
    PlatformStatus.Events events = status.events();
    Instant confirmed = file.confirmed();
    Facts facts =
        new Facts()
            .add("state", "State", mark(status))
            .add("readySince", "Ready since", status.readySince())
            .add("dataFileOrigin", "Data file from", file.origin().name())
            .add("dataFileSource", "Source", code(file.source()))
            .add("dataFileConfirmed", "Data file confirmed", confirmed)
            .add(
                "dataFileAge",
                "Age of the data file",
                confirmed == null ? null : Duration.between(confirmed, now))
            .add("featureCount", "Features", file.features())
            .add("lastFetch", "Last fetch", fetch == null ? null : fetch.at())
            .add("lastFetchStatus", "Status of the last fetch", fetch(fetch))
            .add("eventsPending", "Events pending", events.pending())
            .add("eventsSent", "Events sent", events.sent())
            .add("eventsLost", "Events lost", lost(events.lost()));
    return new Section(
        "platform",
        "Platform",
        "The library's connection to Kameleoon. No request of a browser waits for it.",
        facts,
        sentences("faults", "Faults", "No fault.", status.faults()),
        sentences(
            "findings",
            "Findings in the data file",
            "The check of the data file has found nothing that concerns the whole file.",
            status.findings()),
        requests(counts));
  }

  /** Returns the word for the state of the platform, and how good it is. */
  static Value.Mark mark(PlatformStatus status) {
    String state = status.state().name();
    if (!status.faults().isEmpty() || status.state() == PlatformStatus.State.STOPPED) {
      return Value.bad(state);
    }
    return status.state() == PlatformStatus.State.READY ? Value.good(state) : Value.neutral(state);
  }

  private static Value.@Nullable Code code(@Nullable String text) {
    return text == null ? null : new Value.Code(text);
  }

  private static @Nullable Object fetch(PlatformStatus.@Nullable Fetch fetch) {
    if (fetch == null) {
      return null;
    }
    Integer status = fetch.status();
    String fault = fetch.fault();
    if (fault != null) {
      return Value.bad((status == null ? "" : status + ", ") + fault);
    }
    return status == null ? "read" : status.toString();
  }

  private static @Nullable Object lost(@Nullable Long lost) {
    return lost == null || lost == 0 ? lost : Value.bad(Value.number(lost));
  }

  private static Table requests(PlatformCounts.Snapshot counts) {
    Table table =
        new Table(
            "requests",
            "Requests to the platform",
            "None since the start.",
            column("type", "Type"),
            column("status", "Status"),
            column("count", "Requests"),
            column("last", "Last request of the type"));
    for (PlatformCounts.Count one : counts.requests()) {
      table.row(
          one.type().name(),
          one.status() == PlatformCounts.NO_ANSWER ? "no answer" : String.valueOf(one.status()),
          one.count(),
          counts.last().stream()
              .filter(last -> last.type() == one.type() && last.status() == one.status())
              .map(PlatformCounts.Last::time)
              .findFirst()
              .orElse(null));
    }
    return table;
  }

  /** Returns a table of one column. */
  static Table sentences(String key, String caption, String none, Iterable<String> sentences) {
    Table table = new Table(key, caption, none, column("text", "Finding"));
    sentences.forEach(table::row);
    return table;
  }
}
