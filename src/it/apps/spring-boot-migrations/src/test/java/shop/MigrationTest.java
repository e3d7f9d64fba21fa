package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

class MigrationTest {

  /** Starts on an empty schema, which Flyway requires. */
  @ParameterizedTest(name = "{0}, storeSchema={1}, migrated before the filter starts: {2}")
  @CsvSource({
    "flyway, create, false",
    "flyway, create, true",
    "flyway, validate, false",
    "flyway, validate, true",
    "liquibase, create, false",
    "liquibase, create, true",
    "liquibase, validate, false",
    "liquibase, validate, true"
  })
  void start_applicationMigratesSchema_startsAndIssuesCodes(
      String tool, String schema, boolean migratedFirst) {
    boolean flyway = tool.equals("flyway");
    try (var shop =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                ShopApplication.class,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "--spring.datasource.username=sa",
                "--spring.flyway.enabled=" + flyway,
                "--spring.liquibase.enabled=" + !flyway,
                "--spring.liquibase.change-log=classpath:db/changelog/" + schema + ".xml",
                "--shop.store-schema=" + schema,
                "--shop.migrated-first=" + migratedFirst)) {
      String base = "http://127.0.0.1:" + shop.getWebServer().getPort() + "/";

      Map<?, ?> anonymous = get(base, null).getBody();
      assertThat(anonymous.get("orders")).isEqualTo(1);
      String code = (String) anonymous.get("code");
      assertThat(resolved(base, code).get("code")).isEqualTo(code);
      assertThat(resolved(base, "another-browser").get("code")).isEqualTo(code);
    }
  }

  /**
   * Repeats requests until the store works, because the table may be created after the first
   * request.
   */
  private static Map<?, ?> resolved(String base, String presented) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> get(base, presented).getBody(),
            page -> !page.get("outcome").equals("UNRESOLVED"));
  }

  /**
   * Sends a request: as a new browser if {@code presented} is null, otherwise as the browser of a
   * signed-in user.
   */
  private static ResponseEntity<Map> get(String base, String presented) {
    HttpHeaders headers = new HttpHeaders();
    if (presented != null) {
      headers.set(HttpHeaders.COOKIE, "kameleoonVisitorCode=" + presented);
      headers.set("X-User", "user-1");
    }
    ResponseEntity<Map> page =
        new TestRestTemplate().exchange(base, HttpMethod.GET, new HttpEntity<>(headers), Map.class);
    assertThat(page.getStatusCode().value()).isEqualTo(200);
    return page;
  }
}
