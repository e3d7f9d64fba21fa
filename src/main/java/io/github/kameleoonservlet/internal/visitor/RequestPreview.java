package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.http.AskedUrl;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The preview of one request, read when something first needs it. While a preview lasts, the
 * library sends nothing, links no user, and no cache stores the response.
 *
 * <p>Not thread-safe; {@link RequestScope} holds its lock around every call.
 */
final class RequestPreview {

  /** The mark of {@code jsp.PreviewBadge}: the container has dropped the page with the badge. */
  static final String BADGE_PRINTED = "io.github.kameleoonservlet.jsp.previewBadge";

  private final FilterParts parts;
  private final PreviewReader reader;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final @Nullable String query;
  private @Nullable Map<String, PreviewChoice> choices;
  private boolean reading;

  private RequestPreview(
      FilterParts parts, PreviewReader reader, IncomingRequest request, VisitorHeaders headers) {
    this.parts = parts;
    this.reader = reader;
    this.request = request;
    this.headers = headers;
    this.query = AskedUrl.of(request.servletRequest()).query();
  }

  /** Returns the preview of a request; null if no setting allows previews. */
  static @Nullable RequestPreview of(
      FilterParts parts, IncomingRequest request, VisitorHeaders headers) {
    PreviewReader reader = parts.previews();
    return reader == null || parts.observes()
        ? null
        : new RequestPreview(parts, reader, request, headers);
  }

  /** Continues with the error page, which shows the badge of the preview again. */
  void resume() {
    request.servletRequest().removeAttribute(BADGE_PRINTED);
  }

  /** Returns whether the browser sees a preview. The first call may write the cookie. */
  boolean isActive() {
    return !choices().isEmpty();
  }

  private Map<String, PreviewChoice> choices() {
    Map<String, PreviewChoice> known = choices;
    if (known == null) {
      if (request.isOver()) {
        // The request can no longer be read.
        return Map.of();
      }
      known = read();
      choices = known;
      if (!known.isEmpty()) {
        headers.forbidStoring();
      }
    }
    return known;
  }

  private Map<String, PreviewChoice> read() {
    if (reading) {
      throw new IllegalStateException(
          "an AccessDecider must not read the visitor of its request: the visitor waits for the"
              + " decider");
    }
    reading = true;
    try {
      return reader.read(request, query, headers);
    } finally {
      reading = false;
    }
  }

  /** Returns the previewed variation of a feature; empty if the feature has none. */
  Optional<Variation> variation(String featureKey) {
    PreviewChoice choice = choices().get(featureKey);
    return choice == null ? Optional.empty() : choice.variation(parts.decisions());
  }

  /**
   * Returns claims for which the library links no user while the preview lasts. An anonymous
   * visitor gets a code as usual, because a code alone reaches neither the store nor the platform.
   * Reads the preview of every caller, because the application may send an event after the request.
   */
  Claims withoutLink(Claims claims) {
    boolean active = isActive();
    return claims.caller().key() == null || !active
        ? claims
        : new Claims(claims.caller(), claims.announced(), claims.cookies(), claims.consent(), true);
  }

  /** Returns the preview for pages; null if the browser sees none. */
  @Nullable Preview shown() {
    if (!isActive()) {
      return null;
    }
    Map<String, String> variations = new LinkedHashMap<>();
    choices()
        .keySet()
        .forEach(
            feature ->
                variation(feature).ifPresent(shown -> variations.put(feature, shown.getKey())));
    return new ShownPreview(
        Collections.unmodifiableMap(variations), "?" + PreviewQuery.with(query, PreviewReader.END));
  }
}
