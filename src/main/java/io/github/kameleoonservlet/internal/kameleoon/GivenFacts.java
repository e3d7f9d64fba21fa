package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Cookie;
import com.kameleoon.data.CustomData;
import com.kameleoon.data.Data;
import com.kameleoon.data.PageView;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests' facts that the SDK has already got. Returns only the changed ones as data of the
 * SDK. Thread-safe.
 */
final class GivenFacts {

  private final RecentVisitors<Object> last;

  /**
   * Creates an instance without visitors.
   *
   * @param millis the time in milliseconds after which the SDK gets an unchanged datum again
   */
  GivenFacts(long millis) {
    this.last = new RecentVisitors<>(millis, System::nanoTime);
  }

  /**
   * Returns the data that differ from the visitor's previous request. The caller passes them to the
   * SDK.
   */
  List<Data> changed(String code, RequestFacts facts) {
    List<Data> changed = new ArrayList<>();
    String url = facts.pageUrl();
    String title = facts.pageTitle() == null ? "" : facts.pageTitle();
    if (url != null && isNew(code, "page", List.of(url, title))) {
      changed.add(new PageView(url, title));
    }
    BrowserFacts browser = facts.browser();
    if (!browser.equals(BrowserFacts.UNKNOWN) && isNew(code, "browser", browser)) {
      changed.addAll(BrowserData.of(browser));
    }
    if (isNew(code, "cookies", facts.cookies())) {
      changed.add(new Cookie(facts.cookies()));
    }
    Geolocation place = facts.geolocation();
    if (place != null && isNew(code, "place", place)) {
      changed.add(
          new com.kameleoon.data.Geolocation(place.country(), place.region(), place.city()));
    }
    facts
        .customData()
        .forEach(
            (index, values) -> {
              if (CustomDataKey.isIndex(index) && isNew(code, "custom " + index, values)) {
                changed.add(new CustomData(Integer.parseInt(index), values));
              }
            });
    facts
        .addedCustomData()
        .forEach(
            (index, values) -> {
              if (isNew(code, "custom " + index, values)) {
                changed.add(new CustomData(index, values));
              }
            });
    return changed;
  }

  private boolean isNew(String code, String kind, Object value) {
    return last.isNew(kind + " " + code, value);
  }
}
