package io.github.kameleoonservlet.internal.kameleoon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Findings as log lines. Each line describes one cause, and lists the features. */
final class FindingLines {

  private static final int NAMED = 5;
  private static final int LONGEST_DETAIL = 200;
  private static final Pattern NOT_OF_DETAILS = Pattern.compile("[^A-Za-z0-9_.,:()<> -]");

  private FindingLines() {}

  /** Returns the lines in the order of the causes. */
  static List<String> of(List<Finding> findings) {
    Map<FindingCause, List<Finding>> byCause = new EnumMap<>(FindingCause.class);
    for (Finding finding : findings) {
      byCause.computeIfAbsent(finding.cause(), cause -> new ArrayList<>()).add(finding);
    }
    List<String> lines = new ArrayList<>();
    byCause.forEach((cause, same) -> lines.add(line(cause, same)));
    return lines;
  }

  private static String line(FindingCause cause, List<Finding> findings) {
    Set<String> details = new LinkedHashSet<>();
    Set<String> features = new LinkedHashSet<>();
    for (Finding finding : findings) {
      if (!finding.detail().isEmpty()) {
        details.add(scrubbed(finding.detail()));
      }
      if (!finding.featureKey().isEmpty()) {
        features.add(SdkFailures.shownKey(finding.featureKey()));
      }
    }
    String line = "Data file: " + cause.sentence(joined(details)) + ".";
    return features.isEmpty() ? line : line + " Features: " + joined(features) + ".";
  }

  private static String scrubbed(String detail) {
    String start = detail.substring(0, Math.min(LONGEST_DETAIL, detail.length()));
    return NOT_OF_DETAILS.matcher(start).replaceAll("?");
  }

  private static String joined(Collection<String> all) {
    String named = String.join(", ", all.stream().limit(NAMED).toList());
    return all.size() <= NAMED ? named : named + " and " + (all.size() - NAMED) + " more";
  }
}
