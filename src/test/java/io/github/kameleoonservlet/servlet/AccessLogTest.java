package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.CharArrayWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the access log of Tomcat with the pattern of {@code docs/operations.md}. */
class AccessLogTest {

  private static final Pattern DOCUMENTED =
      Pattern.compile("AccessLogValve\"\\s+pattern=\"([^\"]*)\"");

  @TempDir private Path directory;

  private final TestShop shop = new TestShop();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Tomcat tomcat = new Tomcat();

  @BeforeEach
  void start() throws Exception {
    shop.link("user-1", "stored");
    shop.users = request -> request.getHeader("X-User");
    Files.writeString(directory.resolve("logo.css"), "");
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    context("", false);
    context("/observed", true);
    tomcat.start();
  }

  private void context(String path, boolean observes) throws Exception {
    Context context = tomcat.addContext(path, directory.toString());
    shop.observes = observes;
    FilterDef filter = new FilterDef();
    filter.setFilterName("kameleoonVisitor");
    filter.setFilterClass(KameleoonVisitorFilter.class.getName());
    filter.setFilter(shop.filter());
    context.addFilterDef(filter);
    FilterMap everything = new FilterMap();
    everything.setFilterName(filter.getFilterName());
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMappingDecoded("/", "default");
    context.getPipeline().addValve(valve());
  }

  private AbstractAccessLogValve valve() throws Exception {
    Matcher pattern = DOCUMENTED.matcher(Files.readString(Path.of("docs/operations.md")));
    assertThat(pattern.find()).isTrue();
    AbstractAccessLogValve valve =
        new AbstractAccessLogValve() {
          @Override
          protected void log(CharArrayWriter message) {
            lines.add(message.toString());
          }
        };
    valve.setPattern(pattern.group(1).replace("&quot;", "\""));
    return valve;
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void line_userWithAnotherCode_containsOutcomeAndNoCode() throws Exception {
    assertThat(lineOf("/page")).endsWith(" 404 \"Visitor[RESTORED]\"");
    assertThat(lines).noneMatch(line -> line.contains("mine") || line.contains("stored"));
  }

  @Test
  void line_file_containsThatNothingWasResolved() throws Exception {
    assertThat(lineOf("/logo.css")).endsWith(" 200 \"Visitor[not resolved]\"");
  }

  @Test
  void line_observeMode_containsWhatWouldHappen() throws Exception {
    assertThat(lineOf("/observed/page")).endsWith(" 404 \"Visitor[observed RESTORED]\"");
  }

  private String lineOf(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("X-User", "user-1")
            .header("Cookie", "kameleoonVisitorCode=mine")
            .header("Accept", "text/html")
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    // Tomcat logs a request after its response.
    await().until(() -> !lines.isEmpty());
    return lines.get(0);
  }
}
