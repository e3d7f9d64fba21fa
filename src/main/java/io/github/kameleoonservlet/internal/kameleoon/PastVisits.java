package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.PageViewVisit;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's data of a visitor's past, copied at the first use by a request. The platform's data may
 * arrive at any time. The copy makes all decisions of one request use the same data. Immutable.
 *
 * @param visits the earlier visits, in the type of the SDK's condition; null if the SDK has none
 * @param pages the pages of this visit and of earlier ones
 * @param conversions the conversions
 * @param heat the platform's predictions
 */
record PastVisits(
    @Nullable Object visits,
    @Nullable Object pages,
    @Nullable Object conversions,
    @Nullable Object heat) {

  /**
   * Returns the past of a visitor for a request. All calls for one request return the same object.
   */
  static PastVisits of(RequestFacts facts, VisitorData visitor, String code) {
    Object key = List.of(PastVisits.class, code);
    if (facts.memory().get(key) instanceof PastVisits known) {
      return known;
    }
    PastVisits now =
        new PastVisits(
            visitor.of(TargetingConditionType.VISITS, code, 0),
            pages(visitor.of(TargetingConditionType.PAGE_VIEWS, code, 0)),
            copy(visitor.of(TargetingConditionType.CONVERSIONS, code, 0)),
            visitor.of(TargetingConditionType.HEAT_SLICE, code, 0));
    facts.memory().put(key, now);
    return now;
  }

  private static @Nullable Object copy(@Nullable Object known) {
    return known instanceof Collection<?> collection ? new ArrayList<>(collection) : known;
  }

  /** Copies each page as well as the list, because the SDK changes the counts of pages. */
  private static @Nullable Object pages(@Nullable Object known) {
    if (!(known instanceof Collection<?> collection)) {
      return known;
    }
    List<PageViewVisit> pages = new ArrayList<>();
    for (Object page : collection) {
      if (page instanceof PageViewVisit visit) {
        pages.add(
            new PageViewVisit(visit.getPageView(), visit.getCount(), visit.getLastTimestamp()));
      }
    }
    return pages;
  }
}
