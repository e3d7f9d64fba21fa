package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.statistics.RequestCounts;
import io.github.kameleoonservlet.internal.statistics.WarningCounts;
import java.util.Arrays;
import java.util.List;

/** The section about the visitors of the requests. */
final class VisitorsSection {

  private VisitorsSection() {}

  static Section of(RequestCounts.Snapshot counts, List<WarningCounts.Warning> warnings) {
    return new Section(
        "visitors",
        "Visitors",
        "Requests by outcome: how each got its visitor code.",
        outcomes(counts),
        chart("lastHour", "The last hour, by minute", counts.lastHour()),
        chart("lastDay", "The last day, by hour", counts.lastDay()),
        warnings(warnings));
  }

  private static Table outcomes(RequestCounts.Snapshot counts) {
    Table table =
        new Table(
            "outcomes",
            "Requests since the start",
            "",
            column("outcome", "Outcome"),
            column("requests", "Requests"),
            column("meaning", "Meaning"));
    for (Outcome outcome : Outcome.values()) {
      table.row(outcome.name(), counts.total().get(outcome), meaning(outcome));
    }
    return table;
  }

  private static String meaning(Outcome outcome) {
    return switch (outcome) {
      case ISSUED -> "An anonymous browser without a code got a new one.";
      case RECOGNIZED -> "The browser sent the code that it keeps.";
      case LINKED -> "A user without a code was linked to one.";
      case RESTORED ->
          "The browser got the user's own code; a conflict if it had sent another code.";
      case SEPARATED ->
          "Conflict: the browser's code belongs to another user or was erased; this user got a new"
              + " one.";
      case WITHHELD -> "The visitor has not given consent.";
      case UNRESOLVED -> "The code ends with the request, and every feature is off.";
    };
  }

  private static Chart chart(String key, String title, List<RequestCounts.Period> periods) {
    return new Chart(
        key,
        title,
        periods.stream().map(RequestCounts.Period::begin).toList(),
        Arrays.stream(Outcome.values())
            .map(
                outcome ->
                    new Chart.Series(
                        outcome.name(),
                        periods.stream()
                            .map(period -> period.outcomes().getOrDefault(outcome, 0L))
                            .toList()))
            .toList());
  }

  private static Table warnings(List<WarningCounts.Warning> warnings) {
    Table table =
        new Table(
            "warnings",
            "Warnings of wrong user ids",
            "No sign of wrong user ids.",
            column("kind", "Warning"),
            column("meaning", "Meaning"),
            column("count", "Detections"),
            column("first", "First"),
            column("last", "Last"));
    for (WarningCounts.Warning warning : warnings) {
      table.row(
          Value.bad(warning.kind().name()),
          meaning(warning.kind()),
          warning.count(),
          warning.first(),
          warning.last());
    }
    return table;
  }

  private static String meaning(WarningCounts.Kind kind) {
    return switch (kind) {
      case SHARED_USER_ID ->
          "Many browsers use the same user id. Check the settings userId and notUsers.";
      case CHANGING_USER_ID -> "The user id changes with each login. Check the setting userId.";
      case SECOND_STORE ->
          "Another application on this host keeps codes in a store of its own. Use one store.";
    };
  }
}
