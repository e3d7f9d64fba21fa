package io.github.kameleoonservlet.jsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.PageContext;
import jakarta.servlet.jsp.SkipPageException;
import jakarta.servlet.jsp.tagext.Tag;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the tags that show their body to some visitors. */
class BodyTagsTest {

  private static final TestPage.Body BODY = out -> out.write("shown");

  @ParameterizedTest
  @CsvSource({
    "offer,        treatment, shown",
    "offer,        control,   ''",
    "offer,        Treatment, ''",
    "offer,        off,       ''",
    "switched-off, off,       shown",
    "unknown,      off,       shown",
    "unknown,      treatment, ''",
    ",             treatment, ''",
    "offer,        ,          ''"
  })
  void variationTag_visitorHasVariation_showsBody(String feature, String key, String expected)
      throws Exception {
    assertThat(new TestPage(new TestVisitor()).show(variation(feature, key), BODY))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"offer, shown", "switched-off, ''", "unknown, ''", ", ''"})
  void activeTag_featureIsActive_showsBody(String feature, String expected) throws Exception {
    assertThat(new TestPage(new TestVisitor()).show(active(feature), BODY)).isEqualTo(expected);
  }

  @Test
  void tags_withoutVisitor_treatFeaturesAsOff() throws Exception {
    assertThat(new TestPage(null).show(variation("offer", "treatment"), BODY)).isEmpty();
    assertThat(new TestPage(null).show(variation("offer", "off"), BODY)).isEqualTo("shown");
    assertThat(new TestPage(null).show(active("offer"), BODY)).isEmpty();
  }

  @Test
  void attribute_otherObject_isNotUsedAsVisitor() throws Exception {
    TestPage page = new TestPage(null);
    page.context.getRequest().setAttribute(Visitor.ATTRIBUTE, "another library's");
    page.context.setAttribute(Visitor.ATTRIBUTE, new TestVisitor(), PageContext.PAGE_SCOPE);

    assertThat(page.show(active("offer"), BODY)).isEmpty();
  }

  @Test
  void tag_reused_hasOnlyNewAttributes() throws Exception {
    VariationTag variation = variation("offer", "treatment");
    ActiveTag active = active("offer");
    assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEqualTo("shown");
    assertThat(new TestPage(new TestVisitor()).show(active, BODY)).isEqualTo("shown");

    variation.setFeature("offer");
    variation.setKey(null);
    active.setFeature(null);
    assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEmpty();
    assertThat(new TestPage(new TestVisitor()).show(active, BODY)).isEmpty();

    variation.setFeature("switched-off");
    variation.setKey("off");
    active.setFeature("offer");
    assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEqualTo("shown");
    assertThat(new TestPage(new TestVisitor()).show(active, BODY)).isEqualTo("shown");
  }

  @Test
  void tag_reusedWithEqualAttributes_keepsAttributes() throws Exception {
    VariationTag variation = variation("offer", "treatment");
    ActiveTag active = active("offer");

    for (int use = 0; use < 2; use++) {
      assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEqualTo("shown");
      assertThat(new TestPage(new TestVisitor()).show(active, BODY)).isEqualTo("shown");
      assertThat(new TestPage(null).show(active, BODY)).isEmpty();
    }
  }

  @Test
  void release_afterUse_forgetsAttributesAndPage() throws Exception {
    VariationTag variation = variation("offer", "treatment");
    ActiveTag active = active("offer");
    new TestPage(new TestVisitor()).show(variation, BODY);
    variation.setParent(active);
    active.setParent(variation);
    assertThat(variation.getParent()).isSameAs(active);
    variation.release();
    active.release();

    assertThat(variation.getParent()).isNull();
    assertThat(active.getParent()).isNull();
    assertThat(new TestPage(new TestVisitor()).show(active, BODY)).isEmpty();
    variation.setKey("treatment");
    assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEmpty();
    variation.setFeature("offer");
    assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEqualTo("shown");
    variation.release();
    variation.setFeature("offer");
    assertThat(new TestPage(new TestVisitor()).show(variation, BODY)).isEmpty();
  }

  static List<Exception> exceptions() {
    return List.of(
        new JspException("the application's"),
        new SkipPageException("the application's"),
        new IOException("the application's"),
        new IllegalStateException("the application's"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void body_throws_exceptionPropagatesAndTagIsReusable(Exception exception) throws Exception {
    TestPage.Body body =
        out -> {
          if (exception instanceof JspException jsp) {
            throw jsp;
          }
          if (exception instanceof IOException io) {
            throw io;
          }
          throw (RuntimeException) exception;
        };

    for (Tag tag : List.of(active("offer"), variation("offer", "treatment"))) {
      assertThatThrownBy(() -> new TestPage(new TestVisitor()).show(tag, body)).isSameAs(exception);
      assertThat(new TestPage(new TestVisitor()).show(tag, BODY)).isEqualTo("shown");
    }
  }

  private static VariationTag variation(String feature, String key) {
    VariationTag tag = new VariationTag();
    tag.setFeature(feature);
    tag.setKey(key);
    return tag;
  }

  private static ActiveTag active(String feature) {
    ActiveTag tag = new ActiveTag();
    tag.setFeature(feature);
    return tag;
  }
}
