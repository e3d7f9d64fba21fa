package shop;

import io.github.kameleoonservlet.servlet.KameleoonStatusServlet;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import io.github.kameleoonservlet.servlet.KameleoonVisitorServlet;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class KameleoonConfiguration {

  @Bean
  FilterRegistrationBean<KameleoonVisitorFilter> kameleoonVisitor() {
    var filter = new FilterRegistrationBean<>(new KameleoonVisitorFilter());
    filter.setName("kameleoonVisitor");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1); // after Spring Security
    filter.setDispatcherTypes(
        DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR);
    filter.setAsyncSupported(true);
    filter.setInitParameters(
        Map.of("dataFile", "sys:shop.dataFile", "jdbcUrl", "jdbc:h2:mem:codes"));
    return filter;
  }

  @Bean
  ServletRegistrationBean<KameleoonVisitorServlet> kameleoonApi() {
    return new ServletRegistrationBean<>(new KameleoonVisitorServlet(), "/api/*");
  }

  @Bean
  ServletRegistrationBean<KameleoonStatusServlet> kameleoonStatus() {
    var status = new ServletRegistrationBean<>(new KameleoonStatusServlet(), "/kameleoon/*");
    status.setName("kameleoonStatus");
    status.addInitParameter("role", "OPERATOR"); // the authority ROLE_OPERATOR
    return status;
  }
}
