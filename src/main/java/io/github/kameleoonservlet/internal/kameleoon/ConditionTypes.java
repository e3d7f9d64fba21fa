package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Browser;
import com.kameleoon.data.Cookie;
import com.kameleoon.data.Device;
import com.kameleoon.data.OperatingSystem;
import com.kameleoon.data.PageView;
import com.kameleoon.data.manager.PageViewVisit;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data that each type of condition compares, in the SDK's types. Data of the request have
 * precedence over the SDK's data of the visitor. A new type of condition begins in this class.
 */
final class ConditionTypes {

  /** The SDK logs an ERROR for a page view without a URL. */
  private static final String NO_PAGE = "about:blank";

  private ConditionTypes() {}

  /**
   * Returns the data for conditions of a type, as {@code TargetingManagerImpl} of SDK 4.5.0 does;
   * null if there are no data.
   */
  static @Nullable Object value(DecisionData data, TargetingConditionType type, int experimentId) {
    return switch (type) {
      case PAGE_URL -> pageUrl(data);
      case PREVIOUS_PAGE -> pages(data);
      case PAGE_TITLE -> pageTitle(data);
      case DEVICE_TYPE -> device(data);
      case BROWSER -> browser(data);
      case OPERATING_SYSTEM -> operatingSystem(data);
      case COOKIE -> new Cookie(data.facts().cookies());
      case GEOLOCATION -> geolocation(data, experimentId);
      case CUSTOM_DATUM -> data.customData(experimentId);
      case VISITS, SAME_DAY_VISITS, NEW_VISITORS, FIRST_VISIT, LAST_VISIT -> data.past().visits();
      case PAGE_VIEWS -> pageViews(data);
      case CONVERSIONS -> data.past().conversions();
      case HEAT_SLICE -> data.past().heat();
      default -> data.kept(type, experimentId);
    };
  }

  /** Returns this page and earlier pages, because the web SDK counts the current page. */
  private static @Nullable Object pageViews(DecisionData data) {
    Object before = data.past().pages();
    if (!data.facts().isPageView()) {
      return before;
    }
    String url = data.facts().pageUrl();
    List<Object> pages = new ArrayList<>();
    pages.add(visit(url == null ? NO_PAGE : url, Long.MAX_VALUE));
    if (before instanceof Collection<?> known) {
      pages.addAll(known);
    }
    return pages;
  }

  /**
   * Returns the page of this request by its URL. The SDK would compare all pages of the visitor.
   */
  private static Map<String, PageViewVisit> pageUrl(DecisionData data) {
    String url = data.facts().pageUrl();
    return url == null ? Map.of() : Map.of(url, visit(url, 0));
  }

  private static PageViewVisit visit(String url, long timestamp) {
    return new PageViewVisit(new PageView(url, ""), 1, timestamp);
  }

  /** Returns this page and earlier pages, because the condition takes the second newest page. */
  private static @Nullable Object pages(DecisionData data) {
    String url = data.facts().pageUrl();
    String before = data.facts().previousPage();
    PageViewVisit now = visit(url == null ? NO_PAGE : url, Long.MAX_VALUE);
    if (before != null) {
      return List.of(now, visit(before, 0));
    }
    // Without a Referer header, the visitor's pages in the SDK are used: tracked or fetched pages.
    if (data.past().pages() instanceof Collection<?> known) {
      List<PageViewVisit> visits = new ArrayList<>();
      visits.add(now);
      for (Object page : known) {
        if (page instanceof PageViewVisit visit && !visit.getPageView().getUrl().equals(url)) {
          visits.add(visit);
        }
      }
      return visits;
    }
    return null;
  }

  private static Stream<PageView> pageTitle(DecisionData data) {
    String title = data.facts().pageTitle();
    String url = data.facts().pageUrl();
    return title == null
        ? Stream.empty()
        : Stream.of(new PageView(url == null ? NO_PAGE : url, title));
  }

  private static @Nullable Device device(DecisionData data) {
    BrowserFacts browser = data.facts().browser();
    return browser.device() == null
        ? null
        : new Device(Device.Type.valueOf(browser.device().name()));
  }

  private static @Nullable Browser browser(DecisionData data) {
    BrowserFacts browser = data.facts().browser();
    if (browser.type() == null) {
      return null;
    }
    Browser.Type type = Browser.Type.valueOf(browser.type().name());
    return browser.version() == null ? new Browser(type) : new Browser(type, browser.version());
  }

  private static @Nullable OperatingSystem operatingSystem(DecisionData data) {
    BrowserFacts browser = data.facts().browser();
    return browser.system() == null
        ? null
        : new OperatingSystem(OperatingSystem.Type.valueOf(browser.system().name()));
  }

  /**
   * Returns the place of the request; if the request has no place, the SDK's place of the visitor.
   */
  private static @Nullable Object geolocation(DecisionData data, int experimentId) {
    Geolocation place = data.facts().geolocation();
    return place == null
        ? data.kept(TargetingConditionType.GEOLOCATION, experimentId)
        : new com.kameleoon.data.Geolocation(place.country(), place.region(), place.city());
  }

  /** Returns the texts that conditions of a type compare; empty for types that compare no text. */
  static List<String> texts(DecisionData data, TargetingConditionType type) {
    return switch (type) {
      case PAGE_URL -> Stream.ofNullable(data.facts().pageUrl()).toList();
      case PAGE_TITLE -> Stream.ofNullable(data.facts().pageTitle()).toList();
      case VISITOR_CODE -> List.of(data.code());
      case PREVIOUS_PAGE -> previousPages(data);
      default -> List.of();
    };
  }

  /**
   * Returns whether conditions of a type compare data that the SDK or the platform keeps of the
   * visitor, and not data of the request.
   */
  static boolean remembers(DecisionData data, TargetingConditionType type) {
    return switch (type) {
      case PREVIOUS_PAGE -> data.facts().previousPage() == null && !previousPages(data).isEmpty();
      case VISITS, SAME_DAY_VISITS, NEW_VISITORS, FIRST_VISIT, LAST_VISIT, HEAT_SLICE ->
          value(data, type, 0) != null;
      case PAGE_VIEWS, CONVERSIONS ->
          value(data, type, 0) instanceof Collection<?> known && !known.isEmpty();
      case GEOLOCATION -> data.facts().geolocation() == null && geolocation(data, 0) != null;
      default -> false;
    };
  }

  private static List<String> previousPages(DecisionData data) {
    if (!(pages(data) instanceof List<?> pages)) {
      return List.of();
    }
    // The first page is the page of this request.
    return pages.stream()
        .skip(1)
        .map(page -> ((PageViewVisit) page).getPageView().getUrl())
        .toList();
  }
}
