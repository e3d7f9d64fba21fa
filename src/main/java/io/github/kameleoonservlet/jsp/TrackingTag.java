package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tag for the end of a page: {@code <k:tracking nonce="${cspNonce}"/>} prints one script that
 * hands the visitor's code to Kameleoon's web SDK and reports the exposures that the server has
 * tracked. On a prefetched or prerendered page, the server has tracked no exposures; the script
 * reports them when the browser shows the page. Place the tag after the last tag that reads a
 * variation.
 *
 * <p>Prints no script without a visitor and for a request-only code, because the browser does not
 * get such a code. If the browser sees a preview, the tag also prints the badge of {@link
 * PreviewTag}. Not thread-safe, like every tag.
 *
 * @since 0.1
 */
public final class TrackingTag extends SimpleTagSupport {

  private @Nullable String nonce;

  /**
   * Sets the attribute {@code nonce}, which is optional.
   *
   * @param nonce the nonce of the page's Content-Security-Policy; null and an empty text mean none
   */
  public void setNonce(@Nullable String nonce) {
    this.nonce = nonce;
  }

  /**
   * Prints the badge of a preview and the script.
   *
   * @throws IOException if the page's writer fails
   */
  @Override
  public void doTag() throws JspException, IOException {
    PreviewBadge.print(getJspContext(), nonce);
    Optional<Visitor> visitor = PageVisitor.of(getJspContext());
    if (visitor.isEmpty() || visitor.get().getOutcome().isRequestOnly()) {
      return;
    }
    String code = visitor.get().getCode();
    String exposures = visitor.get().getEngineTrackingCode();
    getJspContext()
        .getOut()
        .write(
            (nonce == null || nonce.isEmpty()
                    ? "<script>"
                    : "<script nonce=\"" + Escaped.html(nonce) + "\">")
                + HandOver.script(code, exposures)
                + "</script>");
  }
}
