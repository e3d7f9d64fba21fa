package io.github.kameleoonservlet.internal.api;

import io.github.kameleoonservlet.internal.http.PageUrl;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.visitor.DescribedPage;
import java.util.List;

/** The parser of the page and the device in the body of an API call. Thread-safe. */
public final class ApiDevice {

  /** The names of the fields, for {@link ApiRequest#read}. */
  public static final List<String> FIELDS = List.of("page", "device", "operatingSystem", "browser");

  private static final String URL =
      "an absolute URL with http or https, percent-encoded, of at most "
          + PageUrl.MAX_LENGTH
          + " characters";

  private ApiDevice() {}

  /**
   * Reads the page and the device of a call. Absent fields are null.
   *
   * @param sessionName the name of the session cookie, for session ids in URLs
   * @throws Problem 400 if a field has a wrong value
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
        // document.referrer is empty for a page without a previous page.
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
