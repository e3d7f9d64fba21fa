package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.PageView;
import com.kameleoon.data.manager.PageViewVisit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The limit of a visitor's pages in SDK 4.5.0, because the SDK keeps every page. The last pages
 * stay. The other pages are replaced by their number, because conditions count pages.
 */
final class KnownPages {

  /** The number of sent or fetched pages that stay. */
  static final int KEPT = 3;

  /** The maximum number of unsent pages. */
  static final int WAITING = 1_000;

  /** The URL of the counted pages. The SDK logs an ERROR for a page view without a URL. */
  private static final String OTHERS = "about:blank";

  private KnownPages() {}

  /** Replaces the oldest pages by their number. */
  static void trim(Map<String, PageViewVisit> pages) {
    if (pages.size() <= KEPT) {
      return;
    }
    List<Map.Entry<String, PageViewVisit>> oldest = new ArrayList<>(pages.entrySet());
    oldest.removeIf(page -> page.getKey().equals(OTHERS));
    oldest.sort(Comparator.comparingLong(page -> page.getValue().getLastTimestamp()));
    int removed = 0;
    int tooMany = oldest.size() - KEPT;
    for (int i = 0; i < tooMany; i++) {
      Map.Entry<String, PageViewVisit> page = oldest.get(i);
      boolean waits = !page.getValue().getPageView().isSent() && oldest.size() - i <= WAITING;
      if (!waits && pages.remove(page.getKey(), page.getValue())) {
        removed += page.getValue().getCount();
      }
    }
    if (removed > 0) {
      count(pages, removed);
    }
  }

  private static void count(Map<String, PageViewVisit> pages, int removed) {
    PageView others = new PageView(OTHERS, "");
    others.markAsSent();
    // Timestamp 0 makes the counted pages the oldest ones, so that they never are the previous
    // page.
    pages.merge(
        OTHERS,
        new PageViewVisit(others, removed, 0),
        (before, now) -> new PageViewVisit(others, before.getCount() + now.getCount(), 0));
  }
}
