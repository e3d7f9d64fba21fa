package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.data.Data;
import com.kameleoon.data.PageView;
import io.github.kameleoonservlet.targeting.BrowserFacts;
import io.github.kameleoonservlet.targeting.RequestFacts;
import io.github.kameleoonservlet.targeting.TargetingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that the web SDK sends by itself, as far as settings require them: one for each page,
 * and those of the browser once in a session, and again when the browser changes. Thread-safe.
 */
final class PageTracking {

  private final TargetingSettings settings;
  private final RecentVisitors<BrowserFacts> browsers;

  PageTracking(TargetingSettings settings, long sessionMillis) {
    this.settings = settings;
    this.browsers = new RecentVisitors<>(sessionMillis, System::nanoTime);
  }

  /** Returns the events of a page; none without a setting or without data. */
  List<Data> events(String code, RequestFacts facts) {
    List<Data> events = new ArrayList<>();
    String url = settings.trackPageViews() ? facts.pageUrl() : null;
    if (url != null) {
      String title = facts.pageTitle();
      events.add(new PageView(url, title == null ? "" : title));
    }
    if (settings.trackStaticData()) {
      BrowserFacts browser = facts.browser();
      if (!browser.equals(BrowserFacts.UNKNOWN) && browsers.isNew(code, browser)) {
        events.addAll(BrowserData.of(browser));
      }
    }
    return events;
  }
}
