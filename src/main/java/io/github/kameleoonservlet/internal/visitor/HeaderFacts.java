package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a request that is no page: cookies, geolocation and custom data are those of the
 * request. Not thread-safe.
 */
abstract class HeaderFacts implements RequestFacts {

  private final PageFacts request;

  /** Creates the facts of a request. */
  HeaderFacts(PageFacts request) {
    this.request = request;
  }

  /** Returns the facts of the request itself. */
  final PageFacts request() {
    return request;
  }

  @Override
  public final Map<String, String> cookies() {
    return request.cookies();
  }

  @Override
  public final @Nullable Geolocation geolocation() {
    return request.geolocation();
  }

  @Override
  public final Map<String, List<String>> customData() {
    return request.customData();
  }

  @Override
  public final Map<Integer, List<String>> addedCustomData() {
    return request.addedCustomData();
  }

  @Override
  public final Map<Object, Object> memory() {
    return request.memory();
  }
}
