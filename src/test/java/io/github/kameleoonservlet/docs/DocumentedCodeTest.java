package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the code of the documents that no application contains, by running the code. */
class DocumentedCodeTest {

  private static final String DATA_FILE =
      "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json";

  /** The SDK assigns this code to the variation "treatment" of the sample's "spring-offer". */
  private static final String CODE = "first-visitor";

  @Test
  void servlet_visitorOfTheTreatment_showsBannerAndTracksConversion() throws Exception {
    MockFilterConfig config = new MockFilterConfig("kameleoonVisitor");
    config.addInitParameter("dataFile", DATA_FILE);
    config.addInitParameter("store", InMemoryVisitorCodeStore.class.getName());
    KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
    filter.init(config);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setAsyncSupported(true);
    request.addHeader("Cookie", "kameleoonVisitorCode=" + CODE);
    Supplier<?> sent = (Supplier<?>) config.getServletContext().getAttribute("kameleoonSentLines");

    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain(new Page()));
    filter.destroy();

    assertThat(request.getAttribute("banner")).isEqualTo("spring");
    assertThat(sent.get().toString()).contains("goalId=301");
  }

  private static final class Page extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
      if (visitor.variation("spring-offer").getKey().equals("treatment")) {
        request.setAttribute("banner", "spring");
      }
      visitor.trackConversion(301, 49.90);
    }
  }
}
