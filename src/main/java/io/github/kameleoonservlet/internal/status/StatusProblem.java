package io.github.kameleoonservlet.internal.status;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The pages for operators in place of the status. */
public enum StatusProblem {
  /** The servlet has no such path. */
  NO_SUCH_PAGE(404, "No such page", "The status servlet has the pages /, status.json and health."),
  /** The path does not accept the method. */
  WRONG_METHOD(
      405, "Wrong method", "The pages are read with GET. Only the form of the page uses POST."),
  /** The request to make a link does not come from the form of the page in this browser. */
  FORM_REFUSED(
      403,
      "No link",
      "The form is too old, or another page has sent it. Open the status page, and send the form"
          + " again."),
  /** The request has not passed the filter. */
  NO_FILTER(
      503,
      "The filter is missing",
      "No KameleoonVisitorFilter has seen this request. Map the filter to /* in web.xml, with the"
          + " dispatchers REQUEST and FORWARD."),
  /** The filter has not started. */
  OLD_JAR(
      503,
      "The filter has not started",
      "A jar of the application is too old for the filter. The log names the jar in a WARN at the"
          + " start. The application runs without visitors, and every feature is missing.");

  private final int status;
  private final String title;
  private final String detail;

  StatusProblem(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  /**
   * Writes the page.
   *
   * @throws IOException if the client cannot be reached
   */
  public void write(HttpServletResponse response) throws IOException {
    ProtectionPage.plain(response, status, title, detail);
  }
}
