package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests that an explanation and the decision that it explains use the same custom data. */
class ExplanationOfCustomDataTest {

  private static final String DATA_FILE =
      """
      {"configuration":{"realTimeUpdate":false,"consentType":"NOT_REQUIRED"},"customData":[],
       "featureFlags":[{"id":1,"featureKey":"banner","environmentEnabled":true,
        "defaultVariationKey":"off","variations":[{"key":"off","name":"off","variables":[]},
         {"key":"on","name":"on","variables":[]}],
        "rules":[{"id":101,"order":0,"type":"TARGETED_DELIVERY","exposition":1.0,
         "experimentId":201,"respoolTime":null,
         "segment":{"conditionsData":{"firstLevelOrOperators":[],"firstLevel":[{"orOperators":[],
          "conditions":[{"id":1,"weight":1,"targetingType":"CUSTOM_DATUM","isInclude":true,
           "customDataIndex":"1","value":"gold","valueMatchType":"EXACT"}]}]}},
         "variationByExposition":[{"variationKey":"on","variationId":301,"exposition":1.0}]}]}]}
      """;

  @TempDir private Path folder;

  /** A bean whose property changes with each read. */
  public static final class Cart {
    private int reads;

    public String getStatus() {
      return reads++ == 0 ? "gold" : "silver";
    }
  }

  @Test
  void explanation_attributeChangesAtEachRead_readsAttributeOnce() throws Exception {
    MockFilterConfig config = new MockFilterConfig();
    config.addInitParameter(
        "dataFile", Files.writeString(folder.resolve("data-file.json"), DATA_FILE).toString());
    config.addInitParameter("explainFor", "everybody");
    config.addInitParameter("customData.1", "session:cart.status");
    config.addInitParameter("store", InMemoryVisitorCodeStore.class.getName());
    KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
    filter.init(config);
    Cart cart = new Cart();
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.getSession().setAttribute("cart", cart);
    request.addHeader("Cookie", "kameleoonVisitorCode=visitor-1");
    AtomicReference<String> explained = new AtomicReference<>();

    filter.doFilter(
        request, new MockHttpServletResponse(), new MockFilterChain(new Page(explained)));
    filter.destroy();

    assertThat(cart.reads).isEqualTo(1);
    assertThat(explained.get()).contains("banner = on", "segment met");
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient AtomicReference<String> explained;

    Page(AtomicReference<String> explained) {
      this.explained = explained;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
      explained.set(visitor.explain("banner").toText());
    }
  }
}
