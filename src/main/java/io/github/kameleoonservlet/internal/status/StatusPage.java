package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.visitor.OperatorQuestion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    new Operator(request, source).page(response, null);
  }

  /**
   * Makes a preview link, and writes it with the report as a page. Refuses a request that does not
   * come from the form of the page in this browser.
   *
   * @throws IOException if the client cannot be reached
   */
  public void preview(HttpServletRequest request, HttpServletResponse response, StatusSource source)
      throws IOException {
    Operator operator = new Operator(request, source);
    if (operator.form.isSent()) {
      operator.page(response, operator.form.answer());
    } else {
      StatusProblem.FORM_REFUSED.write(response);
    }
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
        JsonReport.of(new Operator(request, source).report(null)));
  }

  /** Sends the browser to the address with a slash at its end, to which the links are relative. */
  public static void addSlash(HttpServletRequest request, HttpServletResponse response) {
    Answers.noStore(response, "'none'");
    String path = request.getServletPath();
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", path.substring(path.lastIndexOf('/') + 1) + "/");
  }

  /**
   * Writes the style sheet of the page.
   *
   * @throws IOException if the client cannot be reached
   */
  public static void style(HttpServletResponse response) throws IOException {
    Answers.style(response, STYLE);
  }

  /** The request of an operator. */
  private final class Operator {

    private final StatusSource source;
    private final StatusQuery asked;
    private final OperatorQuestion question;
    private final PreviewForm form;

    Operator(HttpServletRequest request, StatusSource source) throws IOException {
      this.source = source;
      this.asked = StatusQuery.of(request);
      this.question = new OperatorQuestion(source.parts(), request);
      this.form = new PreviewForm(source, question, asked, request);
    }

    /** Writes the page. */
    void page(HttpServletResponse response, @Nullable Facts link) throws IOException {
      List<FeatureDescription> features = source.parts().decisions().features();
      Answers.page(
          response,
          HttpServletResponse.SC_OK,
          HtmlReport.of(report(link), asked, html -> form.write(html, features, response)));
    }

    /** Assembles the report. */
    Report report(@Nullable Facts link) {
      Instant now = clock.instant();
      DecisionProvider decisions = source.parts().decisions();
      Statistics statistics = source.statistics();
      PlatformStatus platform = decisions.status();
      Facts summary =
          new Facts()
              .add("platformState", "Platform", PlatformSection.mark(platform))
              .add("storeState", "Store", StoreSection.mark(statistics.store().state()))
              .add("since", "Filter started", statistics.since());
      return new Report(
          now,
          source.filter(),
          source.application(),
          source.parts().observes(),
          summary,
          List.of(
              PlatformSection.of(platform, statistics.platform().snapshot(), now),
              FeaturesSection.of(decisions.features(), statistics.decisions().snapshot()),
              StoreSection.of(source.settings(), statistics.store().snapshot(), now),
              VisitorsSection.of(
                  statistics.requests().snapshot(), statistics.warnings().snapshot()),
              RecentSection.of(statistics.recent()),
              WhySection.of(question, asked.code(), asked.page()),
              PreviewSection.of(source, link),
              SettingsSection.of(source.settings())));
    }
  }
}
