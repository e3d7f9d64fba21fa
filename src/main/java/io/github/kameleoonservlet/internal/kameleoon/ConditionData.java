package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Browser;
import com.kameleoon.data.Cookie;
import com.kameleoon.data.CustomData;
import com.kameleoon.data.Device;
import com.kameleoon.data.OperatingSystem;
import com.kameleoon.data.PageView;
import com.kameleoon.data.manager.PageViewVisit;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data of one decision for the SDK's conditions, in the SDK's types: the data of the request,
 * and for other conditions the data that the SDK keeps of the visitor. Used by one thread.
 */
final class ConditionData {

  /** The SDK logs an ERROR for a page view without a URL. */
  private static final String NO_PAGE = "about:blank";

  private final String code;
  private final String featureKey;
  private final RequestFacts facts;
  private final VisitorData visitor;
  private final Function<String, @Nullable Integer> customDataIndex;
  private final Map<Segment, Optional<Boolean>> segments = new HashMap<>();

  /**
   * Creates the data of a decision.
   *
   * @param featureKey the feature that is decided
   * @param visitor the data that the SDK keeps of visitors
   * @param customDataIndex the index of a custom datum by index or name; null if there is none
   */
  ConditionData(
      String code,
      String featureKey,
      RequestFacts facts,
      VisitorData visitor,
      Function<String, @Nullable Integer> customDataIndex) {
    this.code = code;
    this.featureKey = featureKey;
    this.facts = facts;
    this.visitor = visitor;
    this.customDataIndex = customDataIndex;
  }

  /**
   * Returns whether the visitor meets another segment, which is evaluated once for each decision:
   * references to segments would multiply. Null while that segment is being evaluated.
   */
  @Nullable Boolean once(Segment segment, int experimentId, int depth) {
    Optional<Boolean> known = segments.get(segment);
    if (known != null) {
      return known.orElse(null);
    }
    segments.put(segment, Optional.empty());
    boolean met = segment.isMet(this, experimentId, depth);
    segments.put(segment, Optional.of(met));
    return met;
  }

  RequestFacts facts() {
    return facts;
  }

  String featureKey() {
    return featureKey;
  }

  /**
   * Returns the data for conditions of a type, as {@code TargetingManagerImpl} of 4.5.0 does; null
   * if there are none.
   */
  @Nullable Object of(TargetingConditionType type, int experimentId) {
    return switch (type) {
      case PAGE_URL -> pageUrl();
      case PREVIOUS_PAGE -> pages();
      case PAGE_TITLE -> pageTitle();
      case DEVICE_TYPE -> device();
      case BROWSER -> browser();
      case OPERATING_SYSTEM -> operatingSystem();
      case COOKIE -> new Cookie(facts.cookies());
      case GEOLOCATION -> geolocation(experimentId);
      case CUSTOM_DATUM -> customData(experimentId);
      case VISITS, SAME_DAY_VISITS, NEW_VISITORS, FIRST_VISIT, LAST_VISIT ->
          PastVisits.of(facts, visitor, code).visits();
      case PAGE_VIEWS -> pageViews();
      case CONVERSIONS -> PastVisits.of(facts, visitor, code).conversions();
      case HEAT_SLICE -> PastVisits.of(facts, visitor, code).heat();
      default -> visitor.of(type, code, experimentId);
    };
  }

  /** Returns earlier pages and this page: the web SDK counts the current page. */
  private @Nullable Object pageViews() {
    Object before = PastVisits.of(facts, visitor, code).pages();
    if (!facts.isPageView()) {
      return before;
    }
    String url = facts.pageUrl();
    List<Object> pages = new ArrayList<>();
    pages.add(visit(url == null ? NO_PAGE : url, Long.MAX_VALUE));
    if (before instanceof Collection<?> known) {
      pages.addAll(known);
    }
    return pages;
  }

  /** Returns the page of this request by URL; the SDK itself compares all pages of the visitor. */
  private Map<String, PageViewVisit> pageUrl() {
    String url = facts.pageUrl();
    return url == null ? Map.of() : Map.of(url, visit(url, 0));
  }

  private static PageViewVisit visit(String url, long timestamp) {
    return new PageViewVisit(new PageView(url, ""), 1, timestamp);
  }

  /** Returns this page and earlier pages, because the condition takes the second newest page. */
  private @Nullable Object pages() {
    String url = facts.pageUrl();
    String before = facts.previousPage();
    PageViewVisit now = visit(url == null ? NO_PAGE : url, Long.MAX_VALUE);
    if (before != null) {
      return List.of(now, visit(before, 0));
    }
    // The SDK has pages of the visitor that were tracked or fetched from the platform.
    if (PastVisits.of(facts, visitor, code).pages() instanceof Collection<?> known) {
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

  private Stream<PageView> pageTitle() {
    String title = facts.pageTitle();
    String url = facts.pageUrl();
    return title == null
        ? Stream.empty()
        : Stream.of(new PageView(url == null ? NO_PAGE : url, title));
  }

  private @Nullable Device device() {
    BrowserFacts browser = facts.browser();
    return browser.device() == null
        ? null
        : new Device(Device.Type.valueOf(browser.device().name()));
  }

  private @Nullable Browser browser() {
    BrowserFacts browser = facts.browser();
    if (browser.type() == null) {
      return null;
    }
    Browser.Type type = Browser.Type.valueOf(browser.type().name());
    return browser.version() == null ? new Browser(type) : new Browser(type, browser.version());
  }

  private @Nullable OperatingSystem operatingSystem() {
    BrowserFacts browser = facts.browser();
    return browser.system() == null
        ? null
        : new OperatingSystem(OperatingSystem.Type.valueOf(browser.system().name()));
  }

  /** Returns the place of the request, otherwise the place that the SDK keeps. */
  @Nullable Object geolocation(int experimentId) {
    Geolocation place = facts.geolocation();
    return place == null
        ? visitor.of(TargetingConditionType.GEOLOCATION, code, experimentId)
        : new com.kameleoon.data.Geolocation(place.country(), place.region(), place.city());
  }

  /**
   * Returns custom data by index. Data that the application added replace data of the settings,
   * which replace data that the SDK keeps.
   */
  private @Nullable Object customData(int experimentId) {
    Object known = visitor.of(TargetingConditionType.CUSTOM_DATUM, code, experimentId);
    Map<String, List<String>> configured = facts.customData();
    Map<Integer, List<String>> added = facts.addedCustomData();
    if (configured.isEmpty() && added.isEmpty()) {
      return known;
    }
    Map<Object, Object> all = known instanceof Map<?, ?> map ? new HashMap<>(map) : new HashMap<>();
    configured.forEach(
        (key, values) -> {
          Integer index = customDataIndex.apply(key);
          if (index != null) {
            all.put(index, new CustomData(index, values));
          }
        });
    added.forEach((index, values) -> all.put(index, new CustomData(index, values)));
    return all;
  }

  /** Returns the values of a custom datum; null if there are none. */
  @Nullable List<String> customDatum(int index) {
    Object all = customData(0);
    Object datum = all instanceof Map<?, ?> map ? map.get(index) : null;
    return datum instanceof CustomData values ? List.of(values.getValues()) : null;
  }

  /** Returns the cookies that conditions see. */
  Map<String, String> cookies() {
    return facts.cookies();
  }

  /** Returns the texts that a condition on a text compares; empty if there are none. */
  List<String> texts(TargetingConditionType type) {
    return switch (type) {
      case PAGE_URL -> Stream.ofNullable(facts.pageUrl()).toList();
      case PAGE_TITLE -> Stream.ofNullable(facts.pageTitle()).toList();
      case VISITOR_CODE -> List.of(code);
      case PREVIOUS_PAGE -> previousPages();
      default -> List.of();
    };
  }

  /**
   * Returns whether conditions of a type compare what the SDK or the platform remembers of the
   * visitor, and not the request.
   */
  boolean remembers(TargetingConditionType type) {
    return switch (type) {
      case PREVIOUS_PAGE -> facts.previousPage() == null && !previousPages().isEmpty();
      case VISITS, SAME_DAY_VISITS, NEW_VISITORS, FIRST_VISIT, LAST_VISIT, HEAT_SLICE ->
          of(type, 0) != null;
      case PAGE_VIEWS, CONVERSIONS ->
          of(type, 0) instanceof Collection<?> known && !known.isEmpty();
      case GEOLOCATION -> facts.geolocation() == null && geolocation(0) != null;
      default -> false;
    };
  }

  /** Returns the values of a custom datum that the request itself feeds; null if it feeds none. */
  @Nullable List<String> customDatumOfRequest(int index) {
    List<String> added = facts.addedCustomData().get(index);
    if (added != null) {
      return added;
    }
    return facts.customData().entrySet().stream()
        .filter(datum -> Integer.valueOf(index).equals(customDataIndex.apply(datum.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private List<String> previousPages() {
    if (!(pages() instanceof List<?> pages)) {
      return List.of();
    }
    // The first one is the page of this request.
    return pages.stream()
        .skip(1)
        .map(page -> ((PageViewVisit) page).getPageView().getUrl())
        .toList();
  }
}
