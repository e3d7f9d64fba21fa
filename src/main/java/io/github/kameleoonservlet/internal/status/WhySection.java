package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.visitor.OperatorQuestion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The section that explains the variations of one visitor code. */
final class WhySection {

  private static final String TITLE = "Why a visitor gets a variation";

  private WhySection() {}

  /**
   * Answers the question of a request.
   *
   * @param code the code as the operator wrote it; empty for the code of the operator's browser;
   *     null if the operator does not ask
   * @param page the URL of a page as the operator wrote it; null or empty for none
   */
  static Section of(OperatorQuestion question, @Nullable String code, @Nullable String page) {
    if (code == null) {
      return answer(null, null, "");
    }
    String url = page == null || page.isBlank() ? null : question.pageUrl(page.strip());
    if (page != null && !page.isBlank() && url == null) {
      return answer(
          null, null, "The page is no URL of this site, such as https://shop.example/cart.");
    }
    Optional<VisitorCode> asked =
        code.isBlank() ? question.ownCode() : VisitorCode.parse(code.strip());
    if (asked.isEmpty()) {
      return answer(
          null,
          url,
          code.isBlank()
              ? "This browser sends no visitor code."
              : "This is no visitor code: 1 to "
                  + VisitorCode.MAX_LENGTH
                  + " of "
                  + VisitorCode.CHARACTERS
                  + " are allowed.");
    }
    return answer(
        asked.get(),
        url,
        "",
        new Explained(
            "explanations",
            "The data file has not arrived, or has no features.",
            question.explain(asked.get(), url)));
  }

  private static Section answer(
      @Nullable VisitorCode code, @Nullable String page, String problem, Block... blocks) {
    Facts facts = new Facts();
    if (!problem.isEmpty()) {
      facts.add("problem", "No answer", Value.bad(problem));
    }
    if (code != null) {
      facts.add("code", "Visitor code", new Value.Code(code.value()));
      facts.add("page", "Page", page);
    }
    List<Block> all = blocks.length == 0 ? List.of(facts) : List.of(facts, blocks[0]);
    return new Section(
        "why",
        TITLE,
        "The rules of each feature, evaluated for a code. Browser, place, cookies and custom data"
            + " are those of your own request. Tracks nothing.",
        all);
  }
}
