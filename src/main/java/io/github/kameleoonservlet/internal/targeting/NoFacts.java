package io.github.kameleoonservlet.internal.targeting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of a request that contains no data. */
enum NoFacts implements RequestFacts {
  INSTANCE;

  @Override
  public @Nullable String userAgent() {
    return null;
  }

  @Override
  public boolean consentGiven() {
    return false;
  }

  @Override
  public @Nullable String pageUrl() {
    return null;
  }

  @Override
  public @Nullable String previousPage() {
    return null;
  }

  @Override
  public @Nullable String pageTitle() {
    return null;
  }

  @Override
  public BrowserFacts browser() {
    return BrowserFacts.UNKNOWN;
  }

  @Override
  public Map<String, String> cookies() {
    return Map.of();
  }

  @Override
  public @Nullable Geolocation geolocation() {
    return null;
  }

  @Override
  public Map<String, List<String>> customData() {
    return Map.of();
  }

  @Override
  public Map<Integer, List<String>> addedCustomData() {
    return Map.of();
  }

  /** Returns a new map at each call, because all requests share this instance. */
  @Override
  public Map<Object, Object> memory() {
    return new HashMap<>();
  }
}
