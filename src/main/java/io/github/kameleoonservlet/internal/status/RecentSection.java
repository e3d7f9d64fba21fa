package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import io.github.kameleoonservlet.internal.statistics.RecentResolutions;

/** The section with the last resolutions. */
final class RecentSection {

  private RecentSection() {}

  static Section of(RecentResolutions recent) {
    Table table =
        new Table(
            "resolutions",
            "The last resolutions, the last one first",
            recent.isOn()
                ? "No request since the start."
                : "The setting recentResolutions is 0: the library keeps none.",
            column("time", "Time"),
            column("outcome", "Outcome"),
            column("code", "Code"),
            column("user", "User"),
            column("path", "Path"));
    for (RecentResolutions.Resolution one : recent.snapshot()) {
      String user = one.user();
      table.row(
          one.time(),
          one.outcome().name(),
          new Value.Code(one.code()),
          user == null ? null : new Value.Code(user),
          new Value.Code(one.path()));
    }
    return new Section(
        "recent",
        "Last resolutions",
        "The beginning of the code, and of the hashed key of a signed-in user. In memory only.",
        table);
  }
}
