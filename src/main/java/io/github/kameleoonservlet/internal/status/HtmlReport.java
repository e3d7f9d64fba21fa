package io.github.kameleoonservlet.internal.status;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The report as a page without scripts. Not thread-safe. */
final class HtmlReport {

  private final Html html = new Html();
  private final Report report;
  private final HtmlBlocks blocks;

  private HtmlReport(Report report) {
    this.report = report;
    this.blocks = new HtmlBlocks(html, report.at());
  }

  /**
   * Returns the page.
   *
   * @param asked what the operator asked for
   * @param previewForm writes the form that makes preview links
   */
  static String of(Report report, StatusQuery asked, Consumer<Html> previewForm) {
    return new HtmlReport(report).page(asked, previewForm);
  }

  private String page(StatusQuery asked, Consumer<Html> previewForm) {
    begin();
    header();
    html.open("main", "id", "main").line();
    if (report.observes()) {
      html.open("p", "class", "banner", "role", "note").element("strong", "Observe mode. ");
      html.text(
          "The filter changes nothing: no cookie, no link, no event, and every feature is off. The"
              + " counts show what it would do. Set mode=decide, or remove the setting, to begin.");
      html.close().line();
    }
    report.sections().forEach(section -> section(section, asked, previewForm));
    return html.close().close().close().line().toString();
  }

  private void begin() {
    html.doctype().open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", "Kameleoon status");
    html.empty("link", "rel", "stylesheet", "href", StatusPage.STYLE_PATH);
    html.close().line().open("body").line();
  }

  private void header() {
    html.element("a", "Skip to the content", "class", "skip", "href", "#main");
    html.open("header").element("h1", "Kameleoon status");
    html.open("p").text("Filter ").element("code", report.filter());
    html.text(" of the application ")
        .element("code", report.application().isEmpty() ? "/" : report.application())
        .text(" at ");
    Instant at = report.at();
    Value.write(html, at, at);
    html.text(". ").element("a", "Reload", "href", "./");
    html.text(" ").element("a", "As JSON", "href", "status.json").close().line();
    blocks.facts(report.summary());
    html.open("nav", "aria-label", "Sections").open("ul");
    for (Section section : report.sections()) {
      html.open("li").element("a", section.title(), "href", "#" + section.key()).close();
    }
    html.close().close().close().line();
  }

  private void section(Section section, StatusQuery asked, Consumer<Html> previewForm) {
    String heading = section.key() + "-heading";
    html.open("section", "id", section.key(), "aria-labelledby", heading);
    html.element("h2", section.title(), "id", heading);
    if (!section.intro().isEmpty()) {
      html.element("p", section.intro(), "class", "intro");
    }
    if (section.key().equals("why")) {
      question(asked.code(), asked.page());
    }
    if (section.key().equals("preview")) {
      previewForm.accept(html);
    }
    section.blocks().forEach(block -> block.renderTo(blocks));
    html.close().line();
  }

  private void question(@Nullable String code, @Nullable String page) {
    html.open("form", "method", "get", "action", "./#why");
    field("code", "Visitor code, or nothing for this browser's own", code, "100");
    field("page", "Page for conditions (optional)", page, "2000");
    html.element("button", "Explain", "type", "submit").close().line();
  }

  private void field(String name, String label, @Nullable String value, String length) {
    String id = "field-" + name;
    html.open("p").element("label", label, "for", id);
    html.empty(
        "input",
        "id",
        id,
        "name",
        name,
        "value",
        value == null ? "" : value,
        "maxlength",
        length,
        "autocomplete",
        "off",
        "spellcheck",
        "false");
    html.close();
  }
}
