package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.preview.PreviewedFeature;
import io.github.kameleoonservlet.internal.preview.RefusedPreviewException;
import io.github.kameleoonservlet.internal.preview.SimulationCookie;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.statistics.PreviewCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reader of the previews of requests: of the link, of the cookie that a link leaves, and of
 * Kameleoon's simulation cookie. A text that shows no preview is counted and changes nothing.
 * Thread-safe.
 */
public final class PreviewReader {

  /** The name of the parameter of links, and of the cookie. */
  public static final String NAME = "kameleoonPreview";

  /** The value of the parameter that ends a preview. */
  static final String END = "end";

  /** A browser has one cookie, or a second one with another path; an attacker may send hundreds. */
  private static final int MAX_COOKIES = 2;

  private final @Nullable PreviewTokens tokens;
  private final @Nullable AccessRule simulationFor;
  private final VisitorCookieWriter cookies;
  private final PreviewCounts counts;

  /**
   * Creates a reader.
   *
   * @param tokens null without the setting {@code previewSecret}
   * @param simulationFor the users whose simulation cookie counts; null if the setting includes
   *     none
   */
  public PreviewReader(
      @Nullable PreviewTokens tokens,
      @Nullable AccessRule simulationFor,
      VisitorCookieWriter cookies,
      PreviewCounts counts) {
    this.tokens = tokens;
    this.simulationFor = simulationFor;
    this.cookies = cookies;
    this.counts = counts;
  }

  /**
   * Returns the previewed features of a request by their keys; empty without a preview. A link
   * changes the cookie, except on an excluded path. The variation of a link has precedence over a
   * simulated one.
   *
   * @param query the query of the page, or null
   */
  Map<String, PreviewChoice> read(
      IncomingRequest request, @Nullable String query, VisitorHeaders headers) {
    String link = PreviewQuery.parameter(query);
    if (END.equals(link)) {
      end(request, headers);
      return Map.of();
    }
    Map<String, SimulationCookie.Simulated> simulated = simulated(request);
    List<PreviewedFeature> linked = linked(request, link, headers);
    if (simulated.isEmpty() && linked.isEmpty()) {
      return Map.of();
    }
    Map<String, PreviewChoice> choices = new LinkedHashMap<>();
    simulated.forEach(
        (feature, ids) ->
            choices.put(
                feature,
                decisions -> decisions.variation(feature, ids.experimentId(), ids.variationId())));
    for (PreviewedFeature chosen : linked) {
      choices.put(
          chosen.featureKey(),
          decisions -> decisions.variation(chosen.featureKey(), chosen.variationKey()));
    }
    return choices;
  }

  private void end(IncomingRequest request, VisitorHeaders headers) {
    if (request.isExcluded()) {
      return;
    }
    // A browser that has an answer of the address in its cache would not ask again.
    headers.forbidStoring();
    headers.setPreviewCookie(cookies.ofSession(request.kind(), NAME, ""));
    if (simulationFor != null && !request.cookies().values(SimulationCookie.NAME).isEmpty()) {
      cookies.companion(request.kind(), SimulationCookie.NAME, "", 0).forEach(headers::addCookie);
    }
  }

  /** Returns the features of the cookie and of the link. Keeps the link's feature in the cookie. */
  private List<PreviewedFeature> linked(
      IncomingRequest request, @Nullable String link, VisitorHeaders headers) {
    List<String> values = tokens == null ? List.of() : request.cookies().values(NAME);
    if (tokens == null || (link == null && values.isEmpty())) {
      return List.of();
    }
    String host = request.kind().origin().host();
    List<PreviewedFeature> features = ofCookie(tokens, values, host);
    if (link == null) {
      return features;
    }
    try {
      PreviewedFeature next = tokens.readLink(link, host);
      List<PreviewedFeature> all = new ArrayList<>(features);
      all.removeIf(feature -> feature.featureKey().equals(next.featureKey()));
      all.add(next);
      if (!request.isExcluded()) {
        headers.setPreviewCookie(cookies.ofSession(request.kind(), NAME, tokens.cookie(host, all)));
      }
      return all;
    } catch (RefusedPreviewException e) {
      counts.add(e.cause());
      return features;
    }
  }

  /** Returns the features of the first cookie that shows a preview. */
  private List<PreviewedFeature> ofCookie(PreviewTokens tokens, List<String> values, String host) {
    for (String value : values.subList(0, Math.min(values.size(), MAX_COOKIES))) {
      try {
        return tokens.readCookie(value, host);
      } catch (RefusedPreviewException e) {
        counts.add(e.cause());
      }
    }
    return List.of();
  }

  private Map<String, SimulationCookie.Simulated> simulated(IncomingRequest request) {
    if (simulationFor == null) {
      return Map.of();
    }
    List<String> values = request.cookies().values(SimulationCookie.NAME);
    if (values.isEmpty()) {
      return Map.of();
    }
    try {
      Map<String, SimulationCookie.Simulated> simulated = SimulationCookie.read(values.get(0));
      if (simulated.isEmpty() || simulationFor.includes(request.servletRequest())) {
        return simulated;
      }
      counts.add(PreviewCounts.Cause.SIMULATION_REFUSED);
    } catch (RefusedPreviewException e) {
      counts.add(e.cause());
    }
    return Map.of();
  }
}
