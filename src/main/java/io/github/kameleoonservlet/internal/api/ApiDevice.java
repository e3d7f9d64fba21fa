package io.github.kameleoonservlet.internal.api;

import io.github.kameleoonservlet.internal.http.PageUrl;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.visitor.DescribedPage;
import java.util.List;

/** Reads the page and the device that the body of an API call describes. */
public final class ApiDevice {

  /** The fields of the body. */
  public static final List<String> FIELDS = List.of("page", "device", "operatingSystem", "browser");

  private static final String URL =
      "an absolute URL with http or https, percent-encoded, of at most "
          + PageUrl.MAX_LENGTH
          + " characters";

  private ApiDevice() {}

  /**
   * Reads the fields of a call.
   *
   * @param sessionName the name of the session cookie
   * @throws Problem 400
   */
  public static DescribedPage read(ApiFields fields, String sessionName) throws Problem {
    ApiFields page = fields.optionalObject("page", "url", "title", "referrer");
    ApiFields browser = fields.optionalObject("browser", "type", "version");
    if (browser != null && browser.absent("type")) {
      throw browser.wrong("type", "the browser's name");
    }
    return new DescribedPage(
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
}
