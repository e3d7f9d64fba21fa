package io.github.kameleoonservlet.jsp;

import jakarta.servlet.jsp.PageContext;
import jakarta.servlet.jsp.tagext.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A tag that shows its body to some visitors only.
 *
 * <p>This class is a classic tag, because legacy pages have scriptlets in the body, which simple
 * tags refuse. This class does not extend {@code TagSupport}, which is an {@code IterationTag}:
 * containers compile the body of such a tag into a loop, in which a scriptlet's {@code continue}
 * would never end.
 *
 * <p>Containers reuse an instance, on one thread at a time. An attribute keeps its value until the
 * container sets it again or calls {@link #release()}. A container need not set an equal value
 * again (JSP 3.1, {@code Tag}, "Lifecycle"), so {@code doEndTag} resets nothing.
 */
abstract class ConditionalTag implements Tag {

  private @Nullable PageContext page;
  private @Nullable Tag parent;

  /** Returns whether this visitor sees the body. */
  abstract boolean shows(PageContext page);

  @Override
  public final void setPageContext(@Nullable PageContext page) {
    this.page = page;
  }

  @Override
  public final void setParent(@Nullable Tag parent) {
    this.parent = parent;
  }

  @Override
  public final @Nullable Tag getParent() {
    return parent;
  }

  @Override
  public final int doStartTag() {
    return page != null && shows(page) ? EVAL_BODY_INCLUDE : SKIP_BODY;
  }

  @Override
  public final int doEndTag() {
    return EVAL_PAGE;
  }

  @Override
  public void release() {
    page = null;
    parent = null;
  }
}
