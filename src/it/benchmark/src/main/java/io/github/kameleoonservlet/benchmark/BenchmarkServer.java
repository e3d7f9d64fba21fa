package io.github.kameleoonservlet.benchmark;

import io.github.kameleoonservlet.internal.kameleoon.OfflineSdk;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * Serves one small application several times in one Tomcat: without a filter, with the library's
 * filter, with a minimal filter, and with the SDK's own code for the cookie.
 */
final class BenchmarkServer implements AutoCloseable {

  static final String WITHOUT = "/without";
  static final String WITH = "/with";
  static final String MINIMAL = "/minimal";
  static final String SDK = "/sdk";

  /** A strong reference: a logger that is collected loses its level. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private static final Path SAMPLE = Path.of("webapp-sample/src/main/webapp");

  private final Tomcat tomcat = new Tomcat();
  private final OfflineSdk sdk;

  /**
   * Starts the applications.
   *
   * @param directory the directory for the files of server and store, and for the data file
   * @param threads the number of requests that the server processes at once
   */
  BenchmarkServer(Path directory, int threads) throws IOException, LifecycleException {
    TOMCAT.setLevel(Level.SEVERE);
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", "" + threads);
    tomcat.getConnector().setProperty("minSpareThreads", "" + threads);
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "65536");
    Path dataFile = BenchmarkDataFile.write(directory);
    sdk = OfflineSdk.open(dataFile);
    Context with = add(WITH);
    FilterDef filter = filter(with);
    filter.setFilterClass(KameleoonVisitorFilter.class.getName());
    filter.addInitParameter("userId", "session:user.name");
    filter.addInitParameter("dataFile", dataFile.toString());
    filter.addInitParameter("jdbcUrl", "jdbc:h2:file:" + directory.resolve("links"));
    // A long time-out for a busy machine, because the benchmark fails without the cookie.
    filter.addInitParameter("storeTimeoutMillis", "10000");
    add(WITHOUT);
    filter(add(MINIMAL), new MinimalFilter(sdk.client()));
    filter(add(SDK), new SdkFilter(sdk.client()));
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
    Tomcat.addServlet(context, "page", new ShopPage());
    context.addServletMappingDecoded("/page", "page");
    return context;
  }

  private static void filter(Context context, Filter filter) {
    FilterDef definition = filter(context);
    definition.setFilter(filter);
    definition.setFilterClass(filter.getClass().getName());
  }

  private static FilterDef filter(Context context) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("filter");
    definition.setAsyncSupported("true");
    FilterMap everything = new FilterMap();
    everything.setFilterName(definition.getFilterName());
    everything.addURLPattern("/*");
    context.addFilterDef(definition);
    context.addFilterMap(everything);
    return definition;
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    sdk.close();
  }
}
