package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.jdbc.FirstUseOfDriverManager.ConnectsAfterwards;
import io.github.kameleoonservlet.internal.jdbc.FirstUseOfDriverManager.UsesNoDriver;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a store whose driver is the first one in its JVM: the JDK searches for the drivers of
 * applications only once, at the first use of the driver manager.
 */
class FirstUseOfDriverManagerTest {

  @TempDir Path folder;

  @BeforeEach
  void silenceTheApplication() throws Exception {
    IsolatedApplication.silence(folder);
  }

  @Test
  void open_firstUseInTheJvm_applicationConnectsWithoutClassForName() throws Exception {
    assertThat(FirstUseOfDriverManager.run(folder, ConnectsAfterwards.class, ""))
        .startsWith("result: [DriverWitness, LateDriverScan, org.h2.Driver]; refused; [")
        .matches(".*; .*; [^;]*postgresql.Driver[^;]*; .*")
        .doesNotMatch(".*; .*; [^;]*LateDriverScan.*")
        .endsWith("; org.postgresql.Driver");
  }

  @Test
  void open_missingDriver_applicationConnectsWithoutClassForName() throws Exception {
    assertThat(FirstUseOfDriverManager.run(folder, ConnectsAfterwards.class, "none.such.Driver"))
        .contains("; refused; ");
  }

  @Test
  void connect_brokenServiceFile_skipsTheBrokenDriver() throws Exception {
    Path services = folder.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("java.sql.Driver"), "none.such.Driver\n%broken line%\n");

    assertThat(FirstUseOfDriverManager.run(folder, ConnectsAfterwards.class, ""))
        .contains("; refused; ");
  }

  @Test
  void close_applicationUsedNoDriver_leavesNoRegistration() throws Exception {
    assertThat(FirstUseOfDriverManager.run(folder, UsesNoDriver.class, "")).isEqualTo("result: []");
  }
}
