package io.github.kameleoonservlet.jsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the output of the tag for the end of a page. {@link HandOverTest} tests the effect of the
 * script.
 */
class TrackingTagTest {

  private final TestVisitor visitor = new TestVisitor();

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void code_requestOnly_isNotPrinted(Outcome outcome) throws Exception {
    visitor.outcome = outcome;
    visitor.engineTrackingCode = "exposures()";
    String page = new TestPage(visitor).show(new TrackingTag());

    if (outcome.isRequestOnly()) {
      assertThat(page).isEmpty();
    } else {
      assertThat(page)
          .startsWith("<script>(function(")
          .endsWith("</script>")
          .contains("\"code-1\"", "\nexposures()\n")
          .containsOnlyOnce("</script");
    }
  }

  @Test
  void noVisitor_printsNothing() throws Exception {
    assertThat(new TestPage(null).show(new TrackingTag())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cmFuZG9t+/=         | <script nonce=\"cmFuZG9t+/=\">",
        "\"><img src=x><\"   | <script nonce=\"&#34;&gt;&lt;img src=x&gt;&lt;&#34;\">",
        "''                  | <script>",
        "                    | <script>"
      })
  void nonce_set_isAttributeOfScript(String nonce, String start) throws Exception {
    TrackingTag tag = new TrackingTag();
    tag.setNonce(nonce);

    assertThat(new TestPage(visitor).show(tag)).startsWith(start + "(function(");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'</script><img src=x onerror=alert(1)>'",
        "'</SCRIPT >'",
        "'<!--<script>'",
        "'<!--<ScRiPt '",
        "'\u2028 \u2029'"
      })
  void engineTrackingCode_withMarkup_staysInsideScript(String hostile) throws Exception {
    visitor.engineTrackingCode = "window.x=" + hostile;
    String script =
        new TestPage(visitor).show(new TrackingTag()).replaceAll("^<script>|</script>$", "");

    assertThat(script)
        .doesNotContainIgnoringCase("</script", "<script", "<!--", "\u2028", "\u2029");
  }

  @Test
  void code_plainCharacters_isPrintedUnchanged() throws Exception {
    visitor.code = "a B~9";

    assertThat(new TestPage(visitor).show(new TrackingTag())).contains(",\"a B~9\"");
  }

  @Test
  void code_anyCharacters_isEscapedLiteral() throws Exception {
    visitor.code = "\"\\'`</script><!--\u2028\u2029\n&é\0";

    assertThat(new TestPage(visitor).show(new TrackingTag()))
        .contains(
            ",\"\\u0022\\u005c\\u0027\\u0060\\u003c/script\\u003e\\u003c!--"
                + "\\u2028\\u2029\\u000a\\u0026\\u00e9\\u0000\"");
  }
}
