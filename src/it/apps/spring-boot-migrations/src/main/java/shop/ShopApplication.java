package shop;

import io.github.kameleoonservlet.Visitor;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** A shop whose schema Flyway or Liquibase creates. */
@SpringBootApplication
@RestController
public class ShopApplication {

  private final JdbcTemplate database;

  ShopApplication(JdbcTemplate database) {
    this.database = database;
  }

  @GetMapping("/")
  Map<String, Object> home(@RequestAttribute("kameleoonVisitor") Visitor visitor) {
    database.update("insert into shop_order (visitor_code) values (?)", visitor.getCode());
    return Map.of(
        "code", visitor.getCode(),
        "outcome", visitor.getOutcome().name(),
        "orders", database.queryForObject("select count(*) from shop_order", Long.class));
  }
}
