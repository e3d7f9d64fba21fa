package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.types.RemoteVisitorDataFilter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The remote data of visitors that the conditions of a data file need. */
final class RemoteNeeds {

  private static final Set<String> VISITS =
      Set.of("NEW_VISITORS", "VISITS", "SAME_DAY_VISITS", "FIRST_VISIT", "LAST_VISIT");

  /** The conditions for which the latest visit is enough. */
  private static final Set<String> LATEST = Set.of("NEW_VISITORS", "LAST_VISIT");

  private static final String CONVERSIONS = "CONVERSIONS";
  private static final String HEAT = "HEAT_SLICE";
  private static final String PAGES = "PAGE_VIEWS";

  /** The maximum number of visits that the platform returns. */
  private static final int MOST_VISITS = 25;

  private RemoteNeeds() {}

  /** Returns whether conditions of this type use earlier visits only. */
  static boolean isAboutEarlierVisits(String type) {
    return VISITS.contains(type) || CONVERSIONS.equals(type) || HEAT.equals(type);
  }

  /**
   * Returns the remote data that conditions of a data file need.
   *
   * @param file the data file as plain maps and lists
   * @return null if no condition needs remote data
   */
  static @Nullable RemoteVisitorDataFilter filter(Map<?, ?> file) {
    Set<String> types = types(file, false);
    if (types.contains("SEGMENT")) {
      // A condition may refer to the segment of a disabled feature.
      types = types(file, true);
    }
    if (!types.contains(PAGES) && types.stream().noneMatch(RemoteNeeds::isAboutEarlierVisits)) {
      return null;
    }
    return RemoteVisitorDataFilter.builder()
        .previousVisitAmount(LATEST.containsAll(remote(types)) ? 1 : MOST_VISITS)
        .currentVisit(types.contains(CONVERSIONS) || types.contains(PAGES))
        .customData(false)
        .conversion(types.contains(CONVERSIONS))
        .pageViews(types.contains(PAGES))
        .kcs(types.contains(HEAT))
        .build();
  }

  private static Set<String> types(Map<?, ?> file, boolean disabled) {
    Set<String> types = new HashSet<>();
    for (Map<?, ?> feature : DataFileJson.objects(file.get("featureFlags"))) {
      if (disabled || !Boolean.FALSE.equals(feature.get("environmentEnabled"))) {
        for (Map<?, ?> rule : DataFileJson.objects(feature.get("rules"))) {
          DataFileJson.conditions(rule)
              .forEach(condition -> types.add(DataFileJson.text(condition, "targetingType")));
        }
      }
    }
    return types;
  }

  private static Set<String> remote(Set<String> types) {
    return types.stream()
        .filter(type -> PAGES.equals(type) || isAboutEarlierVisits(type))
        .collect(Collectors.toSet());
  }
}
