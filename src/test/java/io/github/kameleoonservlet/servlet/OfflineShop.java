package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A filter with decisions of the real SDK, for code that runs inside an isolated application. */
public final class OfflineShop implements AutoCloseable {

  public static final String DATA_FILE =
      Path.of("src/test/resources/kameleoon/data-file.json").toAbsolutePath().toString();

  public final KameleoonVisitorFilter filter = new KameleoonVisitorFilter();

  private final ApiBrowser.Context context = new ApiBrowser.Context();
  private final KameleoonVisitorServlet api = new KameleoonVisitorServlet();

  public OfflineShop(String dataFile) throws ServletException {
    this(dataFile, Map.of("store", InMemoryVisitorCodeStore.class.getName()));
  }

  /** Creates a filter with other settings of the store. */
  public OfflineShop(String dataFile, Map<String, String> store) throws ServletException {
    MockFilterConfig config = new MockFilterConfig(context);
    config.addInitParameter("dataFile", dataFile);
    store.forEach(config::addInitParameter);
    filter.init(config);
  }

  /** Opens a page as a returning browser. The page shows the variations of features. */
  public MockHttpServletResponse open(String... features) throws ServletException, IOException {
    return open(new FeaturesPage(features), null);
  }

  /** Opens a page as a returning browser, in which a user is signed in. */
  MockHttpServletResponse open(HttpServlet page, @Nullable String user)
      throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setServletPath("/");
    request.setAsyncSupported(true);
    request.setUserPrincipal(user == null ? null : () -> user);
    request.addHeader("Cookie", "kameleoonVisitorCode=visitor-1");
    request.addHeader("Accept", "text/html");
    return send(request, page);
  }

  /** Calls the API as a returning browser. */
  public MockHttpServletResponse callApi() throws ServletException, IOException {
    MockHttpServletRequest request = ApiBrowser.call(context, "GET", "/visitorCode");
    request.addHeader("Cookie", "kameleoonVisitorCode=visitor-1");
    return send(request, api);
  }

  private MockHttpServletResponse send(MockHttpServletRequest request, HttpServlet servlet)
      throws ServletException, IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain(servlet));
    return response;
  }

  @Override
  public void close() {
    filter.destroy();
  }

  private static final class FeaturesPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String[] features;

    FeaturesPage(String... features) {
      this.features = features;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
      if (visitor == null) {
        response.getWriter().print("no visitor");
        return;
      }
      for (String feature : features) {
        response.getWriter().print(visitor.getVariations().get(feature));
      }
    }
  }
}
