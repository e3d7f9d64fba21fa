package io.github.kameleoonservlet.internal.status;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The page for every caller without the role, the same for each path and each caller: how to
 * protect the servlet, and nothing about the application. Thread-safe.
 */
public final class ProtectionPage {

  private static final String DESCRIPTOR =
      """
      <servlet>
        <servlet-name>kameleoonStatus</servlet-name>
        <servlet-class>io.github.kameleoonservlet.servlet.KameleoonStatusServlet</servlet-class>
        <init-param><param-name>role</param-name><param-value>operator</param-value></init-param>
      </servlet>
      """;

  private static final String DECIDER =
      """
      public final class Operators implements io.github.kameleoonservlet.AccessDecider {
        @Override
        public boolean isAllowed(HttpServletRequest request) {
          return ...; // whether the sender of the request is an operator
        }
      }
      """;

  private static final String STYLE = StyleSheet.read("protection.css");
  private static final String PAGE = page();

  private ProtectionPage() {}

  /**
   * Writes the page, with the status 403.
   *
   * @throws IOException if the client cannot be reached
   */
  public static void write(HttpServletResponse response) throws IOException {
    Answers.page(response, HttpServletResponse.SC_FORBIDDEN, PAGE, STYLE);
  }

  /**
   * Writes a page with one sentence or a few, in the same style.
   *
   * @throws IOException if the client cannot be reached
   */
  static void plain(HttpServletResponse response, int status, String title, String text)
      throws IOException {
    Html html = new Html();
    begin(html, title);
    html.element("p", text).close().close().close().line();
    Answers.page(response, status, html.toString(), STYLE);
  }

  private static void begin(Html html, String title) {
    html.doctype().open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", title).style(STYLE).close().line();
    html.open("body").open("main").element("h1", title).line();
  }

  private static String page() {
    Html html = new Html();
    begin(html, "This page is protected");
    html.element(
        "p",
        "This address belongs to the status page of kameleoon-servlet. Only operators of this"
            + " application see it. If you are an operator, sign in to the application, and open"
            + " this address again.");
    html.element("h2", "For the developers of this application");
    html.element(
        "p",
        "The servlet shows the status to callers whom its init-param role includes. Without this"
            + " parameter it shows the status to no caller. The value is a role of the servlet"
            + " container:");
    html.open("pre", "tabindex", "0").element("code", DESCRIPTOR).close();
    html.element(
        "p",
        "If isUserInRole of the request does not know the roles of your application, name a class of"
            + " your application instead:");
    html.open("pre", "tabindex", "0").element("code", DECIDER).close();
    html.element(
        "p",
        "The servlet does not sign users in. Send operators to the login of your application, or"
            + " add a security-constraint for this path to web.xml.");
    return html.close().close().close().line().toString();
  }
}
