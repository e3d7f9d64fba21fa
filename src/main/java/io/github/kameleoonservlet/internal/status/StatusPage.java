package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import io.github.kameleoonservlet.internal.visitor.OperatorQuestion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The answers for operators: the report as a page and as JSON, and the style sheet. Thread-safe.
 * The caller has checked the role.
 */
public final class StatusPage {

  /** The path of the style sheet, relative to the page. */
  static final String STYLE_PATH = "style.css";

  private static final String STYLE = StyleSheet.read("status.css");

  private final Clock clock;

  /** Creates the answers. */
  public StatusPage() {
    this(Clock.systemUTC());
  }

  StatusPage(Clock clock) {
    this.clock = clock;
  }

  /**
   * Writes the report as a page.
   *
   * @throws IOException if the client cannot be reached
   */
  public void page(HttpServletRequest request, HttpServletResponse response, StatusSource source)
      throws IOException {
    StatusQuery asked = StatusQuery.of(request);
    Answers.page(
        response,
        HttpServletResponse.SC_OK,
        HtmlReport.of(report(request, source, asked), base(request), asked));
  }

  /**
   * Writes the report as JSON.
   *
   * @throws IOException if the client cannot be reached
   */
  public void json(HttpServletRequest request, HttpServletResponse response, StatusSource source)
      throws IOException {
    Answers.json(
        response,
        HttpServletResponse.SC_OK,
        JsonReport.of(report(request, source, StatusQuery.of(request))));
  }

  /**
   * Writes the style sheet of the page.
   *
   * @throws IOException if the client cannot be reached
   */
  public static void style(HttpServletResponse response) throws IOException {
    Answers.style(response, STYLE);
  }

  private Report report(HttpServletRequest request, StatusSource source, StatusQuery asked) {
    Instant now = clock.instant();
    DecisionProvider decisions = source.parts().decisions();
    PlatformStatus platform = decisions.status();
    StoreCounts.State store = source.statistics().store().state();
    Facts summary =
        new Facts()
            .add("platformState", "Platform", PlatformSection.mark(platform))
            .add("storeState", "Store", StoreSection.mark(store))
            .add("since", "Filter started", source.statistics().since());
    return new Report(
        now,
        source.filter(),
        source.application(),
        source.parts().observes(),
        summary,
        List.of(
            PlatformSection.of(platform, source.statistics().platform().snapshot(), now),
            FeaturesSection.of(decisions.features(), source.statistics().decisions().snapshot()),
            StoreSection.of(source, now),
            VisitorsSection.of(source),
            RecentSection.of(source),
            WhySection.of(
                new OperatorQuestion(source.parts(), request), asked.code(), asked.page()),
            SettingsSection.of(source)));
  }

  /** Returns the path from the address of a request without a last slash to the servlet. */
  private static String base(HttpServletRequest request) {
    String path = request.getServletPath();
    return request.getPathInfo() == null ? path.substring(path.lastIndexOf('/') + 1) + "/" : "";
  }
}
