package io.github.kameleoonservlet.jsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the output of a variable in a page. */
class VariableTagTest {

  static List<Arguments> values() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("a\"b", Arrays.asList("</p>", 1, 2.5, true, null, Map.of()));
    json.put("back\\slash", "line\nend of it");
    json.put("none", Double.NaN);
    return List.of(
        Arguments.of("Spring teas", "Spring teas"),
        Arguments.of("", ""),
        Arguments.of("ü \uD83C\uDF75 \u2028", "ü \uD83C\uDF75 \u2028"),
        Arguments.of("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        Arguments.of("\" onclick=\"x()", "&#34; onclick=&#34;x()"),
        Arguments.of("' onclick='x()", "&#39; onclick=&#39;x()"),
        Arguments.of("&lt; & ${x}", "&amp;lt; &amp; ${x}"),
        Arguments.of(15, "15"),
        Arguments.of(12.5, "12.5"),
        Arguments.of(false, "false"),
        Arguments.of(List.of(), "[]"),
        Arguments.of(List.of("a"), "[&#34;a&#34;]"),
        Arguments.of(
            json,
            "{&#34;a\\&#34;b&#34;:[&#34;&lt;/p&gt;&#34;,1,2.5,true,null,{}],"
                + "&#34;back\\\\slash&#34;:&#34;line\\u000aend of it&#34;,&#34;none&#34;:null}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void variable_withMarkup_isPrintedEscaped(Object value, String expected) throws Exception {
    TestPage page = new TestPage(new TestVisitor().with("title", value));

    assertThat(page.show(variable("offer", "title", "the default"))).isEqualTo(expected);
  }

  @Test
  void variable_withoutValue_printsEscapedDefault() throws Exception {
    TestVisitor visitor = new TestVisitor().with("none", null);

    assertThat(new TestPage(visitor).show(variable("offer", "none", "<b>"))).isEqualTo("&lt;b&gt;");
    assertThat(new TestPage(visitor).show(variable("offer", "unknown", "<b>")))
        .isEqualTo("&lt;b&gt;");
    assertThat(new TestPage(visitor).show(variable("switched-off", "title", "<b>")))
        .isEqualTo("&lt;b&gt;");
    assertThat(new TestPage(null).show(variable("offer", "title", "<b>"))).isEqualTo("&lt;b&gt;");
  }

  @Test
  void variable_withoutValueAndDefault_printsNothing() throws Exception {
    assertThat(new TestPage(new TestVisitor()).show(variable("offer", "unknown", null))).isEmpty();
    assertThat(new TestPage(new TestVisitor()).show(variable(null, null, null))).isEmpty();
    assertThat(new TestPage(null).show(variable("offer", "title", null))).isEmpty();
  }

  private static VariableTag variable(String feature, String name, String fallback) {
    VariableTag tag = new VariableTag();
    tag.setFeature(feature);
    tag.setName(name);
    tag.setDefault(fallback);
    return tag;
  }
}
