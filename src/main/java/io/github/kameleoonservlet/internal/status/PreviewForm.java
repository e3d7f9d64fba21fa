package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.visitor.OperatorQuestion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form that makes preview links. Its hidden text is signed for a cookie of the browser that got
 * the form, so that no other page can send it. Belongs to one request; not thread-safe.
 */
final class PreviewForm {

  /** The path of the form's answer, relative to the page. */
  static final String PATH = "preview";

  private static final String COOKIE = "kameleoonStatus";
  private static final String BROWSER = "[A-Za-z0-9_-]{22}";
  private static final int BROWSER_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char SEPARATOR = ':';

  /** The durations by the hours that the form sends. */
  private static final Map<String, String> HOURS = new LinkedHashMap<>();

  static {
    HOURS.put("1", "an hour");
    HOURS.put("8", "8 hours");
    HOURS.put("24", "a day");
    HOURS.put("168", "a week");
  }

  private final StatusSource source;
  private final OperatorQuestion question;
  private final StatusQuery asked;
  private final String application;

  PreviewForm(
      StatusSource source,
      OperatorQuestion question,
      StatusQuery asked,
      HttpServletRequest request) {
    this.source = source;
    this.question = question;
    this.asked = asked;
    this.application = question.origin() + request.getContextPath() + "/";
  }

  /** Returns why no link works; null if links work. */
  static @Nullable String obstacle(StatusSource source) {
    if (source.parts().observes()) {
      return "In observe mode no link works.";
    }
    return source.previews() == null ? "Set previewSecret to make links." : null;
  }

  /** Returns whether a request comes from the form, in the browser that got the form. */
  boolean isSent() {
    PreviewTokens tokens = source.previews();
    String token = asked.token();
    Optional<String> browser = browser();
    return tokens != null
        && token != null
        && browser.isPresent()
        && !question.isFromAnotherSite()
        && tokens.isForm(token, browser.get());
  }

  private Optional<String> browser() {
    return question.cookie(COOKIE).filter(value -> value.matches(BROWSER));
  }

  /** Makes the link that the form asks for. */
  Facts answer() {
    String url = asked.page() == null ? null : question.pageUrl(asked.page().strip());
    String duration = asked.hours();
    String choice = asked.choice() == null ? "" : asked.choice();
    int end = choice.indexOf(SEPARATOR);
    if (url == null) {
      return problem("The page must be a URL of this site, such as " + application);
    }
    if (end < 0 || duration == null || !HOURS.containsKey(duration)) {
      return problem("Choose a variation and a duration.");
    }
    try {
      // No key of a variation contains a colon, as far as the form offers them.
      String link =
          source
              .parts()
              .service()
              .previewLink(
                  url,
                  choice.substring(end + 1),
                  choice.substring(0, end),
                  Duration.ofHours(Long.parseLong(duration)));
      return new Facts()
          .add(
              "variation",
              "The link shows",
              choice.substring(end + 1) + " = " + choice.substring(0, end))
          .add("duration", "For", HOURS.get(duration))
          .add("link", "Link", new Value.Link(link));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return problem(e.getMessage() + ".");
    }
  }

  private static Facts problem(String text) {
    return new Facts().add("problem", "No link", Value.bad(text));
  }

  /**
   * Writes the form, and the cookie that the form needs.
   *
   * @param features the features of the data file
   */
  void write(Html html, List<FeatureDescription> features, HttpServletResponse response) {
    PreviewTokens tokens = source.previews();
    if (tokens == null || obstacle(source) != null || features.isEmpty()) {
      return;
    }
    String browser = browser().orElseGet(() -> newBrowser(response));
    html.open("form", "method", "post", "action", PATH + "#preview");
    html.empty("input", "type", "hidden", "name", "token", "value", tokens.form(browser));
    html.open("p").element("label", "Variation", "for", "field-choice");
    html.open("select", "id", "field-choice", "name", "choice");
    for (FeatureDescription feature : features) {
      html.open("optgroup", "label", feature.key());
      keys(feature)
          .forEach(
              key ->
                  option(
                      html,
                      key + SEPARATOR + feature.key(),
                      feature.key() + " = " + key,
                      asked.choice()));
      html.close();
    }
    html.close().close().open("p").element("label", "Page", "for", "field-url");
    String page = asked.page() == null || asked.page().isBlank() ? application : asked.page();
    html.empty(
        "input",
        "id",
        "field-url",
        "name",
        "page",
        "value",
        page,
        "maxlength",
        "2000",
        "required",
        "required");
    html.close().open("p").element("label", "Duration", "for", "field-hours");
    html.open("select", "id", "field-hours", "name", "hours");
    String hours = asked.hours() == null ? "24" : asked.hours();
    HOURS.forEach((value, label) -> option(html, value, label, hours));
    html.close().close().element("button", "Make a link", "type", "submit").close().line();
  }

  private static void option(Html html, String value, String label, @Nullable String chosen) {
    if (value.equals(chosen)) {
      html.element("option", label, "value", value, "selected", "selected");
    } else {
      html.element("option", label, "value", value);
    }
  }

  private static Set<String> keys(FeatureDescription feature) {
    Set<String> keys = new TreeSet<>();
    Stream.concat(
            Stream.of(Variation.OFF),
            feature.variations().stream().map(FeatureDescription.Variation::key))
        .filter(key -> key.indexOf(SEPARATOR) < 0)
        .forEach(keys::add);
    return keys;
  }

  /** Gives the browser a cookie for the servlet's path, where this page is. */
  private String newBrowser(HttpServletResponse response) {
    byte[] random = new byte[BROWSER_BYTES];
    RANDOM.nextBytes(random);
    String browser = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    boolean secure = question.origin().startsWith("https:");
    response.addHeader(
        "Set-Cookie",
        COOKIE + "=" + browser + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : ""));
    return browser;
  }
}
