package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters of a {@code web.xml}, and the order in which they run. */
final class FilterOrder {

  private final XmlElement root;
  private final List<FilterMapping> mappings;

  FilterOrder(XmlElement root) {
    this.root = root;
    mappings = root.children("filter-mapping").map(FilterMapping::of).toList();
  }

  List<FilterMapping> mappings() {
    return mappings;
  }

  /**
   * Returns the names of the filters that must run before the visitor filter.
   *
   * @param named the only such filter; null for the declared ones that are known to sign users in
   */
  Set<String> firstFilters(@Nullable String named) {
    if (named != null) {
      return Set.of(named);
    }
    return root.children("filter")
        .filter(SignInFilters::contain)
        .map(filter -> filter.childText("filter-name"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns all filters that a mapping names. */
  Set<String> mappedFilters() {
    return mappings.stream()
        .map(FilterMapping::filter)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Returns the index of the mapping behind which all of the filters have run, or -1 without one.
   * Of several mappings of a filter this is the last one for all requests. If the filter has none,
   * it is the last one for some of the requests.
   */
  int lastOf(Set<String> filters) {
    return filters.stream().mapToInt(this::lastOf).max().orElse(-1);
  }

  private int lastOf(String filter) {
    int some = -1;
    int all = -1;
    for (int i = 0; i < mappings.size(); i++) {
      FilterMapping mapping = mappings.get(i);
      if (mapping.filter().equals(filter) && mapping.seesRequests()) {
        some = i;
        all = mapping.coversRequests() ? i : all;
      }
    }
    return all < 0 ? some : all;
  }

  /** Returns the filters of the mappings from the first index to before the second index. */
  List<String> between(int from, int to, Set<String> except) {
    Set<String> filters = new LinkedHashSet<>();
    for (FilterMapping mapping : mappings.subList(from, to)) {
      if (mapping.seesRequests() && !except.contains(mapping.filter())) {
        filters.add(mapping.filter());
      }
    }
    return new ArrayList<>(filters);
  }

  /** Returns whether it does no harm that a filter runs before the visitor filter. */
  boolean isHarmless(String filter) {
    return root.children("filter")
        .filter(declared -> declared.childText("filter-name").equals(filter))
        .anyMatch(declared -> declared.childText("filter-class").endsWith("EncodingFilter"));
  }
}
