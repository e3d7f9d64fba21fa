package shop;

import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class KameleoonConfiguration {

  /**
   * Spring Boot starts filters before it migrates the schema, unless this method requests the
   * migration.
   */
  @Bean
  FilterRegistrationBean<KameleoonVisitorFilter> kameleoonVisitor(
      @Value("${spring.datasource.url}") String jdbcUrl,
      @Value("${shop.store-schema}") String schema,
      @Value("${shop.migrated-first}") boolean migratedFirst,
      ObjectProvider<FlywayMigrationInitializer> flyway,
      ObjectProvider<SpringLiquibase> liquibase) {
    if (migratedFirst) {
      flyway.getIfAvailable();
      liquibase.getIfAvailable();
    }
    var filter = new FilterRegistrationBean<>(new KameleoonVisitorFilter());
    filter.setName("kameleoonVisitor");
    filter.setDispatcherTypes(
        DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR);
    filter.setAsyncSupported(true);
    filter.setInitParameters(
        Map.of(
            "dataFile",
            "sys:shop.dataFile",
            "userId",
            HeaderUser.class.getName(),
            "jdbcUrl",
            jdbcUrl,
            "jdbcUser",
            "sa",
            "storeSchema",
            schema));
    return filter;
  }
}
