package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests a server that accepts connections and never responds, as behind a broken network. */
class SilentServerTest {

  @Test
  @Tag("mariadb")
  void getConnection_anyDriver_timesOut() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String place = "//127.0.0.1:" + silent.getLocalPort() + "/codes";
      List<CompletableFuture<SQLException>> failures =
          Stream.of("jdbc:mariadb:", "jdbc:mysql:", "jdbc:postgresql:")
              .map(scheme -> connecting(scheme + place))
              .toList();

      await()
          .untilAsserted(
              () -> assertThat(failures).allSatisfy(one -> assertThat(one).isCompleted()));
    }
  }

  @Test
  void getConnection_remoteH2_timesOut() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<SQLException> failure =
          connecting("jdbc:h2:tcp://127.0.0.1:" + silent.getLocalPort() + "/mem:codes");

      await().untilAsserted(() -> assertThat(failure).isCompleted());
    }
  }

  /**
   * Connects on a daemon thread, because a driver without a time-out would block the end of the
   * tests.
   */
  private static CompletableFuture<SQLException> connecting(String url) {
    CompletableFuture<SQLException> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              JdbcUrl parsed = new JdbcUrl(url);
              try (LoadedDriver driver = LoadedDriver.named(parsed.driver(null))) {
                new DriverDataSource(driver.driver(), parsed, "codes", "hush").getConnection();
              } catch (SQLException e) {
                failure.complete(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return failure;
  }
}
