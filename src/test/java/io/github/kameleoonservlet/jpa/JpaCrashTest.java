package io.github.kameleoonservlet.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpaCrashTest {

  private static final int ENOUGH = 200;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:", "jdbc:h2:file:"})
  @Timeout(60)
  void link_processKilled_everyAcknowledgedLinkIsThere(String form) throws Exception {
    String url = form + folder.resolve("codes");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LinkUntilKilled.class.getName(),
                url)
            .redirectErrorStream(true)
            .start();
    int acknowledged = 0;
    try (BufferedReader lines = process.inputReader()) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("acknowledged ")) {
          acknowledged++;
        }
        if (acknowledged == ENOUGH) {
          // By its handle, which leaves us the pipe: what is in it was acknowledged as well.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(acknowledged).isGreaterThanOrEqualTo(ENOUGH);
    try (VisitorCodeStore store =
        JpaVisitorCodeStore.open(StoreDatabase.jdbc(url, null, null), SchemaMode.VALIDATE)) {
      for (int i = 0; i < acknowledged; i++) {
        assertThat(store.find(LinkUntilKilled.user(i))).contains(LinkUntilKilled.code(i));
      }
    }
  }
}
