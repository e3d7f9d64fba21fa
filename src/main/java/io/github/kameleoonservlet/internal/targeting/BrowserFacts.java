package io.github.kameleoonservlet.internal.targeting;

import org.jspecify.annotations.Nullable;

/**
 * The data of the browser of a request. A null is an unknown datum. Immutable.
 *
 * @param type the browser
 * @param version the first two numbers of the browser's version, as in 17.5
 * @param system the operating system
 * @param device the kind of device
 */
public record BrowserFacts(
    @Nullable BrowserType type,
    @Nullable Float version,
    @Nullable OperatingSystem system,
    @Nullable DeviceType device) {

  /** The facts of an unknown browser. */
  public static final BrowserFacts UNKNOWN = new BrowserFacts(null, null, null, null);
}
