package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the log lines of the library and of the SDK reach the log of an application with
 * logback 1.2 in its WEB-INF/lib. The application is the shop, alone with its server in a separate
 * JVM.
 */
@Tag("tomcat")
class LogbackIT {

  @TempDir private Path home;

  @Test
  void logback12_ofApplication_receivesLinesOfFilterAndSdk() throws IOException {
    String[] loggers =
        Wars.property("it.sample")
            .resolve("webapp-sample/WEB-INF/lib")
            .toFile()
            .list((folder, name) -> name.matches("(slf4j|logback|log4j|commons-logging|jcl).*"));
    assertThat(loggers)
        .as("the application's own")
        .containsExactlyInAnyOrder(
            "slf4j-api-1.7.36.jar", "logback-classic-1.2.13.jar", "logback-core-1.2.13.jar");

    Path log = home.resolve("application.log");
    try (ShopProcess shop = ShopProcess.start(home, outOfReachAndLoggingTo(log))) {
      Page page = new Browser(shop.base()).open("feature.jsp?key=spring-offer");
      assertThat(page.text("variation-reason")).isEqualTo("NOT_READY");
      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readString(log))
                      .containsPattern("(WARN |ERROR) com.kameleoon "));

      assertThat(Files.readString(log))
          .contains(
              "INFO  io.github.kameleoonservlet.servlet.Wiring - The Kameleoon visitor filter")
          .contains(
              "WARN  io.github.kameleoonservlet.internal.kameleoon.KameleoonDecisionProvider - ")
          .contains("INFO  com.zaxxer.hikari", "INFO  org.hibernate")
          .doesNotContain("s3cret");
      assertThat(shop.output()).doesNotContain("SLF4J", "StaticLoggerBinder", "com.kameleoon");
    }
  }

  private Map<String, String> outOfReachAndLoggingTo(Path log) throws IOException {
    Path hosts =
        Files.writeString(
            home.resolve("hosts"),
            "127.0.0.1 sdk-config.kameleoon.eu api.kameleoon.com data.kameleoon.io\n");
    Path logback =
        Files.writeString(
            home.resolve("logback.xml"),
            """
            <configuration>
              <appender name="file" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>%%-5level %%logger - %%msg%%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="file"/></root>
            </configuration>
            """
                .formatted(log));
    return Map.of(
        "KAMELEOON_SITE_CODE", "out-of-reach",
        "KAMELEOON_CLIENT_ID", "client",
        "KAMELEOON_CLIENT_SECRET", "s3cret",
        "JAVA_TOOL_OPTIONS",
            "-Djdk.net.hosts.file=" + hosts + " -Dlogback.configurationFile=" + logback);
  }
}
