package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import org.jspecify.annotations.Nullable;

/**
 * The page and the device that the body of an API call describes. Each value replaces that of the
 * headers; null keeps it. Immutable.
 *
 * @param pageUrl the page's URL, or null
 * @param pageTitle the page's title, or null
 * @param referrer the URL of the previous page, or null
 * @param device the kind of device, or null
 * @param system the operating system, or null
 * @param browser the browser, or null
 * @param version the browser's version, or null
 */
public record DescribedPage(
    @Nullable String pageUrl,
    @Nullable String pageTitle,
    @Nullable String referrer,
    @Nullable DeviceType device,
    @Nullable OperatingSystem system,
    @Nullable BrowserType browser,
    @Nullable Float version) {

  /** The value for a call whose body describes nothing. */
  public static final DescribedPage NONE =
      new DescribedPage(null, null, null, null, null, null, null);

  /** Returns the browser of the call: each datum from the body, otherwise from the header. */
  public BrowserFacts over(BrowserFacts header) {
    return new BrowserFacts(
        browser == null ? header.type() : browser,
        // The version in the header belongs to another browser than the one in the body.
        browser == null ? header.version() : version,
        system == null ? header.system() : system,
        device == null ? header.device() : device);
  }
}
