package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Data;
import com.kameleoon.data.PageView;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page events that the web SDK sends in browsers, and that settings enable for this library.
 * Each page is one event. The browser's data are sent once in a session, and again if the browser
 * changes. Thread-safe.
 */
final class PageTracking {

  /** The maximum length of a sent URL or title, in characters. */
  private static final int MAX_LENGTH = 1_000;

  private final TargetingSettings settings;
  private final RecentVisitors<BrowserFacts> browsers;

  PageTracking(TargetingSettings settings, long sessionMillis) {
    this.settings = settings;
    this.browsers = new RecentVisitors<>(sessionMillis, System::nanoTime);
  }

  /**
   * Returns a URL of limited length: without its query if the URL is too long, and null if the rest
   * is still too long. The SDK keeps the URLs of each visitor, and a client can send long URLs
   * under many codes.
   */
  private static @Nullable String shortUrl(@Nullable String url) {
    if (url == null || url.length() <= MAX_LENGTH) {
      return url;
    }
    int query = url.indexOf('?');
    return query >= 0 && query <= MAX_LENGTH ? url.substring(0, query) : null;
  }

  private static String cut(String title) {
    return title.substring(0, Math.min(title.length(), MAX_LENGTH));
  }

  /**
   * Returns the events of a page; empty if no setting enables them, or if the facts are unknown.
   */
  List<Data> events(String code, RequestFacts facts) {
    List<Data> events = new ArrayList<>();
    String url = settings.trackPageViews() ? shortUrl(facts.pageUrl()) : null;
    if (url != null) {
      String title = facts.pageTitle();
      events.add(new PageView(url, title == null ? "" : cut(title)));
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
