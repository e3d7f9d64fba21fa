package io.github.kameleoonservlet.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {

  @Test
  void elements_withAttributes_areNested() {
    Html html = new Html();
    html.open("p", "class", "a", "id", "b").element("code", "x").text(" y").close().empty("br");

    assertThat(html).hasToString("<p class=\"a\" id=\"b\"><code>x</code> y</p><br>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<b>&\"'     | &lt;b&gt;&amp;&quot;&#39;",
        "caf\u00e9   | caf&#xe9;",
        "\ud83d\ude00 | &#x1f600;",
        "a\ud83dz    | a&#xfffd;z",
        "a\ude00z    | a&#xfffd;z",
        "a\u0000\u0007\u001bz | a&#xfffd;&#xfffd;&#xfffd;z",
        "a\u007f\u0085z | a&#xfffd;&#xfffd;z",
        "~a~         | ~a~",
      })
  void text_anyCharacters_isEscapedAscii(String text, String escaped) {
    assertThat(new Html().text(text)).hasToString(escaped);
    assertThat(new Html().empty("i", "title", text)).hasToString("<i title=\"" + escaped + "\">");
  }

  @Test
  void text_lineAndTab_stay() {
    assertThat(new Html().text("a\n\tb ~")).hasToString("a\n\tb ~");
  }
}
