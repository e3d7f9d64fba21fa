package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The section about preview links. */
final class PreviewSection {

  private PreviewSection() {}

  /**
   * Returns the section.
   *
   * @param answer the link that the operator asked for; null if the operator asked for none
   */
  static Section of(StatusSource source, @Nullable Facts answer) {
    String obstacle = PreviewForm.obstacle(source);
    Table refused =
        new Table(
            "refused",
            "Links and cookies without effect since the start",
            "",
            column("cause", "Cause"),
            column("count", "Requests"));
    source
        .statistics()
        .previews()
        .snapshot()
        .refused()
        .forEach((cause, count) -> refused.row(cause.name(), count));
    Facts state = new Facts().add("links", "Links", obstacle == null ? "work" : obstacle);
    return new Section(
        "preview",
        "Preview",
        "A link that shows one browser one variation, before other visitors see it. While a"
            + " preview lasts, that browser sends no events.",
        answer == null ? List.of(state, refused) : List.of(answer, state, refused));
  }
}
