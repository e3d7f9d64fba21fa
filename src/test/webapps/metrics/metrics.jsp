<%@ page contentType="text/plain;charset=UTF-8" session="false" trimDirectiveWhitespaces="true"
    import="io.micrometer.core.instrument.Metrics, io.micrometer.prometheusmetrics.PrometheusConfig,
    io.micrometer.prometheusmetrics.PrometheusMeterRegistry" %>
<%!
  private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public void jspInit() {
    Metrics.addRegistry(prometheus);
  }

  public void jspDestroy() {
    Metrics.removeRegistry(prometheus);
    prometheus.close();
  }
%>
<%= prometheus.scrape() %>
