package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.PageView;
import com.kameleoon.data.manager.PageViewVisit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The limit of the pages that SDK 4.5.0 keeps of a visitor; the SDK itself keeps every page. The
 * last pages stay, and the number of the others stays as well, because conditions count pages.
 */
final class KnownPages {

  /** How many pages stay that were sent, or came from the platform. */
  static final int KEPT = 3;

  /** The maximum of pages that wait while the platform takes no events. */
  static final int WAITING = 1_000;

  /** The SDK logs an ERROR for a page view without a URL. */
  private static final String OTHERS = "about:blank";

  private KnownPages() {}

  /** Removes the oldest pages. */
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
    // With this timestamp the counted pages are older than every page, and never the previous page.
    pages.merge(
        OTHERS,
        new PageViewVisit(others, removed, 0),
        (before, now) -> new PageViewVisit(others, before.getCount() + now.getCount(), 0));
  }
}
