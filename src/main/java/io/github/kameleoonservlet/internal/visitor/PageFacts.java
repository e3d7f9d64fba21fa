package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.http.AskedUrl;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PageUrl;
import io.github.kameleoonservlet.internal.http.SessionName;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.source.GeolocationHeaders;
import io.github.kameleoonservlet.internal.source.RequestValue;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.ScriptCookies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one request, each read when a decision first needs it.
 *
 * <p>Not thread-safe; {@link RequestScope} holds its lock around every call. Nothing reads the
 * request after its end, because the library then decides nothing.
 */
final class PageFacts implements RequestFacts {

  private final FilterParts parts;
  private final IncomingRequest incoming;
  private final HttpServletRequest request;
  private final AskedUrl asked;
  private final String sessionName;
  private Map<Integer, List<String>> added = Map.of();

  private boolean urlRead;
  private @Nullable String url;
  private boolean senderRead;
  private @Nullable String sender;
  private @Nullable BrowserFacts browser;
  private @Nullable Map<String, String> cookies;
  private boolean placeRead;
  private @Nullable Geolocation place;
  private @Nullable Map<String, List<String>> customData;
  private @Nullable String title;
  private @Nullable Map<Object, Object> memory;

  /**
   * Creates the facts at the first dispatch that reaches the filter, and reads the URL and the name
   * of the session cookie only. In a thread of the application, Jetty's environment ee8 gives no
   * servlet context.
   */
  PageFacts(FilterParts parts, IncomingRequest incoming) {
    this.parts = parts;
    this.incoming = incoming;
    this.request = incoming.servletRequest();
    this.asked = AskedUrl.of(request);
    this.sessionName = SessionName.of(request);
  }

  /** Sets the page's title; null takes the title from the setting. */
  void setTitle(@Nullable String title) {
    this.title = title;
  }

  /** Adds custom data of the application, which replace earlier data of the index. */
  void addCustomData(int index, List<String> values) {
    if (added.isEmpty()) {
      added = new TreeMap<>();
    }
    added.put(index, List.copyOf(values));
  }

  /**
   * Reads the application's attributes again at the next call. A decision and its explanation use
   * the same values.
   */
  void readAgain() {
    customData = null;
  }

  /** Removes the added custom data, which belong to another visitor. */
  void forgetAdded() {
    added = Map.of();
  }

  @Override
  public @Nullable String userAgent() {
    return request.getHeader("User-Agent");
  }

  /**
   * Returns whether the settings require consent. Without the required consent the library decides
   * and sends nothing, so that every decision of the request has the consent.
   */
  @Override
  public boolean consentGiven() {
    return parts.consent().required();
  }

  @Override
  public @Nullable String pageUrl() {
    if (!urlRead) {
      urlRead = true;
      // Neither a condition nor the platform may see the token of a preview.
      AskedUrl shown = new AskedUrl(asked.path(), PreviewQuery.without(asked.query()));
      url = PageUrl.of(incoming.kind().origin(), shown, sessionName);
    }
    return url;
  }

  /** Returns the page that sent the request; null if it is no page of the same site. */
  @Nullable String sender() {
    if (!senderRead) {
      senderRead = true;
      sender = siteUrl(request.getHeader("Referer"));
    }
    return sender;
  }

  /** Returns the URL in a text; null if the text is no URL of the same site. */
  @Nullable String siteUrl(@Nullable String text) {
    String parsed = text == null ? null : PageUrl.parse(PreviewQuery.withoutIn(text), sessionName);
    Origin origin = parsed == null ? null : PageUrl.originOf(parsed);
    return origin != null && origin.sameSite(incoming.kind().origin()) ? parsed : null;
  }

  @Override
  public boolean isPageView() {
    FactSettings settings = parts.facts();
    return (settings.trackPageViews() || settings.remoteVisitorData())
        && incoming.kind().isPageOfWindow();
  }

  @Override
  public @Nullable String previousPage() {
    String from = sender();
    String page = pageUrl();
    // After a reload the Referer is the page itself.
    return from != null && page != null && PageUrl.samePage(from, page) ? null : from;
  }

  @Override
  public @Nullable String pageTitle() {
    RequestValue source = parts.facts().pageTitle();
    if (title != null || source == null) {
      return title;
    }
    List<String> values = source.read(incoming);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public BrowserFacts browser() {
    if (browser == null) {
      browser = parts.browsers().of(userAgent());
    }
    return browser;
  }

  @Override
  public Map<String, String> cookies() {
    if (cookies == null) {
      cookies = ScriptCookies.of(incoming.cookies().lines(), notForScripts());
    }
    return cookies;
  }

  /** Returns the names of the cookies that scripts do not see. */
  private Set<String> notForScripts() {
    return Set.copyOf(List.of(sessionName, PreviewReader.NAME));
  }

  @Override
  public @Nullable Geolocation geolocation() {
    GeolocationHeaders headers = parts.facts().geolocation();
    if (!placeRead && headers != null) {
      placeRead = true;
      place = headers.read(request);
    }
    return place;
  }

  @Override
  public Map<String, List<String>> customData() {
    if (customData == null) {
      customData = parts.facts().customData().values(incoming);
    }
    return customData;
  }

  @Override
  public Map<Integer, List<String>> addedCustomData() {
    return Map.copyOf(added);
  }

  @Override
  public Map<Object, Object> memory() {
    Map<Object, Object> now = memory;
    if (now == null) {
      // The adapter of the SDK has one entry for most requests.
      now = new HashMap<>(2);
      memory = now;
    }
    return now;
  }
}
