package shop;

import io.github.kameleoonservlet.Visitor;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/**
 * A shop with Spring Security: all pages are public, and Spring Security knows the signed-in user.
 */
@SpringBootApplication
@RestController
public class ShopApplication {

  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.httpBasic(Customizer.withDefaults())
        .csrf(csrf -> csrf.ignoringRequestMatchers("/api/**", "/kameleoon/preview"))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("user-1").password("{noop}demo").roles("USER").build(),
        User.withUsername("operator-1").password("{noop}demo").roles("OPERATOR").build());
  }

  @GetMapping("/")
  Map<String, String> home(@RequestAttribute("kameleoonVisitor") Visitor visitor) {
    return describe(visitor);
  }

  @GetMapping("/later")
  Callable<Map<String, String>> later(@RequestAttribute("kameleoonVisitor") Visitor visitor) {
    return () -> describe(visitor);
  }

  private static Map<String, String> describe(Visitor visitor) {
    return Map.of(
        "code", visitor.getCode(),
        "user", String.valueOf(visitor.getUserId()),
        "outcome", visitor.getOutcome().name(),
        "offer", visitor.variation("free-shipping").getKey());
  }
}
