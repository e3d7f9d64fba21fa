package io.github.kameleoonservlet.benchmark;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Serves one small application twice in one Tomcat: with the filter, and without it. */
final class TwinApplications implements AutoCloseable {

  static final String WITH = "/with";
  static final String WITHOUT = "/without";

  /** How many features there are, for pages that read as many. */
  static final int FEATURES = 10;

  private static final String SEGMENTED = "segmented";

  /** Met by every request of the benchmark. */
  private static final String SEGMENT =
      """
      {"id":"1","conditionsData":{"firstLevelOrOperators":[],"firstLevel":[{
        "orOperators":[false,false,false],"conditions":[
        {"id":1,"targetingType":"PAGE_URL","isInclude":true,"url":"/page","matchType":"CONTAINS"},
        {"id":2,"targetingType":"DEVICE_TYPE","isInclude":false,"device":"PHONE"},
        {"id":3,"targetingType":"BROWSER","isInclude":false,"browser":"FIREFOX"},
        {"id":4,"targetingType":"COOKIE","isInclude":true,"name":"theme","nameMatchType":"EXACT",
         "value":"dark","valueMatchType":"EXACT"}]}]}}""";

  /** Held: a logger that nobody holds forgets its level. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private static final Path SAMPLE = Path.of("webapp-sample/src/main/webapp");

  private final Tomcat tomcat = new Tomcat();

  /**
   * Starts both.
   *
   * @param directory for the server's, the store's and the data file
   * @param threads how many requests are served at once
   */
  TwinApplications(Path directory, int threads) throws IOException, LifecycleException {
    TOMCAT.setLevel(Level.SEVERE);
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "" + threads);
    tomcat.getConnector().setProperty("minSpareThreads", "" + threads);
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "65536");
    Context with = add(WITH);
    add(WITHOUT);
    FilterDef filter = new FilterDef();
    filter.setFilterName("kameleoonVisitor");
    filter.setFilterClass(KameleoonVisitorFilter.class.getName());
    filter.setAsyncSupported("true");
    filter.addInitParameter("userId", "session:user.name");
    filter.addInitParameter("dataFile", dataFile(directory).toString());
    filter.addInitParameter("jdbcUrl", "jdbc:h2:file:" + directory.resolve("links"));
    FilterMap everything = new FilterMap();
    everything.setFilterName(filter.getFilterName());
    everything.addURLPattern("/*");
    with.addFilterDef(filter);
    with.addFilterMap(everything);
    tomcat.start();
    if (with.getState() != LifecycleState.STARTED) {
      throw new IllegalStateException("the application with the filter did not start");
    }
  }

  private Context add(String path) {
    Context context = tomcat.addContext(path, SAMPLE.toAbsolutePath().toString());
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMappingDecoded("/", "default");
    context.addMimeMapping("css", "text/css");
    Tomcat.addServlet(context, "page", new Page());
    context.addServletMappingDecoded("/page", "page");
    return context;
  }

  /** The sample's data file with ten of its first experiment, and one more with a segment. */
  private static Path dataFile(Path directory) throws IOException {
    String sample = Files.readString(SAMPLE.resolve("WEB-INF/kameleoon-data-file.json"));
    try (JsonReader reader = Json.createReader(new StringReader(sample))) {
      JsonObject all = reader.readObject();
      String first = all.getJsonArray("featureFlags").get(0).toString();
      JsonArrayBuilder flags = Json.createArrayBuilder();
      for (int i = 0; i < FEATURES; i++) {
        // The ids end in 101 and begin differently.
        String flag = first.replace("spring-offer", feature(i)).replace("101", "20" + i);
        try (JsonReader again = Json.createReader(new StringReader(flag))) {
          flags.add(again.readObject());
        }
      }
      String segmented =
          first
              .replace("spring-offer", SEGMENTED)
              .replace("101", "301")
              .replace("\"segment\":null", "\"segment\":" + SEGMENT);
      try (JsonReader again = Json.createReader(new StringReader(segmented))) {
        flags.add(again.readObject());
      }
      JsonObject ten = Json.createObjectBuilder(all).add("featureFlags", flags).build();
      return Files.writeString(directory.resolve("data-file.json"), ten.toString());
    }
  }

  private static String feature(int index) {
    return "feature-" + index;
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  /** Who is signed in, as the sample's {@code ShopUser}. */
  public static final class User {
    private final String name;

    User(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }
  }

  /** Four kilobytes about who is signed in, and about as many variations as are asked for. */
  private static final class Page extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String TEXT = "<p>Teas from the growers</p>\n".repeat(140);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getParameter("user") != null) {
        request.getSession().setAttribute("user", new User(request.getParameter("user")));
      }
      HttpSession session = request.getSession(false);
      String reads = request.getParameter("reads");
      StringBuilder page = new StringBuilder("<!doctype html>\n<title>Shop</title>\n");
      page.append("<p>")
          .append(session == null ? "Hello" : ((User) session.getAttribute("user")).getName());
      for (int i = 0; reads != null && i < Integer.parseInt(reads); i++) {
        page.append("</p>\n<p>").append(variation(request, feature(i)));
      }
      if (request.getParameter("segment") != null) {
        page.append("</p>\n<p>").append(variation(request, SEGMENTED));
      }
      response.setContentType("text/html;charset=UTF-8");
      response.getWriter().append(page).append("</p>\n").append(TEXT);
    }

    /** One character in both applications. */
    private static String variation(HttpServletRequest request, String feature) {
      if (request.getAttribute(Visitor.VARIATIONS_ATTRIBUTE) instanceof Map<?, ?> variations
          && variations.get(feature) instanceof Variation variation) {
        return variation.getKey().equals("control") ? "A" : "B";
      }
      return "-";
    }
  }
}
