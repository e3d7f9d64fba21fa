package io.github.kameleoonservlet.jsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.identity.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the badge of a preview, which two tags print. */
class PreviewTagTest {

  private final TestVisitor visitor = new TestVisitor();
  private final Map<String, String> variations = new LinkedHashMap<>();
  private String endLink = "?kameleoonPreview=end";

  @BeforeEach
  void preview() {
    variations.put("offer", "treatment");
    visitor.preview =
        new Preview() {
          @Override
          public Map<String, String> getVariations() {
            return variations;
          }

          @Override
          public String getEndLink() {
            return endLink;
          }
        };
  }

  private String badge() throws Exception {
    return new TestPage(visitor).show(new PreviewTag());
  }

  @Test
  void badge_ofPreview_namesVariationsAndEnds() throws Exception {
    variations.put("banner", "off");

    assertThat(badge())
        .startsWith("<style>.kameleoon-preview{position:fixed;")
        .endsWith(
            "</style><div class=\"kameleoon-preview\" role=\"region\" lang=\"en\""
                + " aria-label=\"Kameleoon preview\"><strong>Preview</strong>"
                + " <span>offer: treatment, banner: off</span>"
                + " <a href=\"?kameleoonPreview=end\">End preview</a></div>")
        .doesNotContain("<script", "/*");
  }

  /** {@code RequestPreview} removes the mark, and may not use the package of the tags. */
  @Test
  void badge_printed_marksTheRequest() throws Exception {
    TestPage page = new TestPage(visitor);
    page.show(new PreviewTag());

    assertThat(
            page.context.getRequest().getAttribute("io.github.kameleoonservlet.jsp.previewBadge"))
        .isEqualTo(true);
  }

  @Test
  void badge_hostileTexts_areEscaped() throws Exception {
    variations.put("<script>", "\"'&");
    endLink = "?a=\"><img src=x>&b='";

    assertThat(badge())
        .contains("&lt;script&gt;: &#34;&#39;&amp;")
        .contains("<a href=\"?a=&#34;&gt;&lt;img src=x&gt;&amp;b=&#39;\">")
        .doesNotContain("<script", "<img");
  }

  @Test
  void badge_variationsGone_isPrinted() throws Exception {
    variations.clear();

    assertThat(badge()).contains("<span>no such variation</span>");
  }

  @Test
  void noPreview_printsNothing() throws Exception {
    visitor.preview = null;

    assertThat(badge()).isEmpty();
  }

  @Test
  void noVisitor_printsNothing() throws Exception {
    assertThat(new TestPage(null).show(new PreviewTag())).isEmpty();
  }

  @Test
  void nonce_set_isAttributeOfStyle() throws Exception {
    PreviewTag tag = new PreviewTag();
    tag.setNonce("r4nd\">");

    assertThat(new TestPage(visitor).show(tag)).startsWith("<style nonce=\"r4nd&#34;&gt;\">.");
  }

  @ParameterizedTest
  @ValueSource(strings = {""})
  void nonce_empty_isNoAttribute(String nonce) throws Exception {
    PreviewTag tag = new PreviewTag();
    tag.setNonce(nonce);

    assertThat(new TestPage(visitor).show(tag)).startsWith("<style>");
  }

  @Test
  void tags_onOnePage_printOneBadge() throws Exception {
    TestPage page = new TestPage(visitor);
    page.show(new PreviewTag());
    TrackingTag tracking = new TrackingTag();
    tracking.setNonce("n");

    assertThat(page.show(tracking))
        .containsOnlyOnce("<div")
        .containsOnlyOnce("<style")
        .contains("</div><script nonce=\"n\">");
  }

  @Test
  void tracking_requestOnly_printsBadgeAndNoScript() throws Exception {
    visitor.outcome = Outcome.UNRESOLVED;
    TrackingTag tracking = new TrackingTag();
    tracking.setNonce("n");

    assertThat(new TestPage(visitor).show(tracking))
        .startsWith("<style nonce=\"n\">")
        .endsWith("</div>");
  }
}
