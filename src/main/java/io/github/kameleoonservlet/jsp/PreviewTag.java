package io.github.kameleoonservlet.jsp;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tag that shows that the browser sees a preview: {@code <k:preview nonce="${cspNonce}"/>}
 * prints a badge with the previewed variations and a link that ends the preview. A page needs this
 * tag only if it has no {@code <k:tracking/>}, which prints the same badge; a page gets one badge.
 *
 * <p>Prints nothing without a preview. The badge needs no script. Not thread-safe, like every tag.
 *
 * @since 0.1
 */
public final class PreviewTag extends SimpleTagSupport {

  private @Nullable String nonce;

  /**
   * Sets the attribute {@code nonce}, which is optional.
   *
   * @param nonce the nonce of the page's Content-Security-Policy, for the style of the badge; null
   *     and an empty text mean none
   */
  public void setNonce(@Nullable String nonce) {
    this.nonce = nonce;
  }

  /**
   * Prints the badge.
   *
   * @throws IOException if the page's writer fails
   */
  @Override
  public void doTag() throws JspException, IOException {
    PreviewBadge.print(getJspContext(), nonce);
  }
}
