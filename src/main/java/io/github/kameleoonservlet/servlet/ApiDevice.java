package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.targeting.BrowserFacts;
import io.github.kameleoonservlet.targeting.BrowserType;
import io.github.kameleoonservlet.targeting.DeviceType;
import io.github.kameleoonservlet.targeting.OperatingSystem;
import org.jspecify.annotations.Nullable;

/**
 * The page and the device in the body of an API call, which replace those of the headers.
 * Immutable.
 *
 * @param pageUrl the page's URL, or null
 * @param pageTitle the page's title, or null
 * @param referrer the URL of the previous page, or null
 * @param device the kind of device, or null
 * @param system the operating system, or null
 * @param browser the browser, or null
 * @param version the browser's version, or null
 */
record ApiDevice(
    @Nullable String pageUrl,
    @Nullable String pageTitle,
    @Nullable String referrer,
    @Nullable DeviceType device,
    @Nullable OperatingSystem system,
    @Nullable BrowserType browser,
    @Nullable Float version) {

  /** The fields of the body. */
  static final String[] FIELDS = {"page", "device", "operatingSystem", "browser"};

  /** The value for a call whose body describes nothing. */
  static final ApiDevice NONE = new ApiDevice(null, null, null, null, null, null, null);

  private static final String URL =
      "an absolute URL with http or https, percent-encoded, of at most "
          + PageUrl.MAX_LENGTH
          + " characters";

  /**
   * Reads the fields of a call.
   *
   * @param sessionName the name of the session cookie
   * @throws Problem 400
   */
  static ApiDevice read(ApiFields fields, String sessionName) throws Problem {
    ApiFields page = fields.optionalObject("page", "url", "title", "referrer");
    ApiFields browser = fields.optionalObject("browser", "type", "version");
    if (browser != null && browser.absent("type")) {
      throw browser.wrong("type", "the browser's name");
    }
    return new ApiDevice(
        page == null || page.absent("url") ? null : url(page, "url", sessionName),
        page == null ? null : page.optionalText("title"),
        // A page without a previous page has an empty document.referrer.
        page == null || page.optionalText("referrer") == null
            ? null
            : url(page, "referrer", sessionName),
        fields.optionalConstant("device", DeviceType.class),
        fields.optionalConstant("operatingSystem", OperatingSystem.class),
        browser == null ? null : browser.optionalConstant("type", BrowserType.class),
        browser == null || browser.absent("version") ? null : version(browser));
  }

  private static String url(ApiFields page, String field, String sessionName) throws Problem {
    String url = PageUrl.parse(page.anyText(field), sessionName);
    if (url == null) {
      throw page.wrong(field, URL);
    }
    return url;
  }

  private static float version(ApiFields browser) throws Problem {
    double version = browser.optionalNumber("version");
    if (version < 0) {
      throw browser.wrong("version", "a number from 0");
    }
    return (float) version;
  }

  /** Returns the browser of the call: each datum from the body, otherwise from the header. */
  BrowserFacts over(BrowserFacts header) {
    return new BrowserFacts(
        browser == null ? header.type() : browser,
        // The version in the header belongs to another browser than the one in the body.
        browser == null ? header.version() : version,
        system == null ? header.system() : system,
        device == null ? header.device() : device);
  }
}
