package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.statistics.RecentResolutions;
import jakarta.servlet.ServletException;
import java.util.List;

/** The settings of the status page, in the order of the documentation. */
final class StatusSection {

  static final Setting<Integer> RECENT_RESOLUTIONS =
      Setting.number(
          "recentResolutions",
          String.valueOf(RecentResolutions.MOST),
          0,
          RecentResolutions.MOST,
          "How many of the last resolutions each server keeps in memory for the status page, 0 to 50: time, outcome, path, and the first characters of code and user key. `0` keeps none.");

  static final Section SECTION = new Section("Status page", List.of(RECENT_RESOLUTIONS));

  private StatusSection() {}

  /** Reads the settings. */
  static Settings.Status read(Parameters parameters) throws ServletException {
    return new Settings.Status(RECENT_RESOLUTIONS.get(parameters));
  }
}
