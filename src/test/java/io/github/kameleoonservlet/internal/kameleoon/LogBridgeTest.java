package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.kameleoon.logging.KameleoonLogger;
import com.kameleoon.logging.LogLevel;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogBridgeTest {

  private final com.kameleoon.logging.Logger original = KameleoonLogger.getLogger();
  private final LogLevel originalLevel = KameleoonLogger.getLogLevel();

  @Test
  void installAndClose_applicationSetNoLogger_restoresNull() {
    com.kameleoon.logging.Logger logger = KameleoonLogger.getLogger();
    LogLevel level = KameleoonLogger.getLogLevel();
    try {
      KameleoonLogger.setLogger(null);
      KameleoonLogger.setLogLevel(LogLevel.NONE);
      LogBridge first = LogBridge.install();
      LogBridge second = LogBridge.install();

      first.close();
      second.close();

      assertThat(KameleoonLogger.getLogger()).isNull();
      assertThat(KameleoonLogger.getLogLevel()).isEqualTo(LogLevel.NONE);
    } finally {
      KameleoonLogger.setLogger(logger);
      KameleoonLogger.setLogLevel(level);
    }
  }

  @Test
  void close_applicationSetNullLater_doesNotThrow() {
    com.kameleoon.logging.Logger logger = KameleoonLogger.getLogger();
    LogLevel level = KameleoonLogger.getLogLevel();
    try {
      LogBridge bridge = LogBridge.install();
      KameleoonLogger.setLogger(null);

      bridge.close();

      assertThat(KameleoonLogger.getLogger()).isNull();
    } finally {
      KameleoonLogger.setLogger(logger);
      KameleoonLogger.setLogLevel(level);
    }
  }

  @Test
  void close_onlyBridge_restoresLoggerAndLevel() {
    try (RecordedLog log = new RecordedLog("com.kameleoon", Level.TRACE)) {
      LogBridge bridge = LogBridge.install();
      assertThat(KameleoonLogger.getLogger()).isSameAs(bridge);
      assertThat(KameleoonLogger.getLogLevel()).isEqualTo(LogLevel.WARNING);
      bridge.close();
      assertThat(log.messages(Level.TRACE)).isEmpty();
    }
    assertThat(KameleoonLogger.getLogger()).isSameAs(original);
    assertThat(KameleoonLogger.getLogLevel()).isEqualTo(originalLevel);
  }

  @ParameterizedTest
  @CsvSource({"0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"})
  void close_threeBridgesInAnyOrder_restoresLoggerAfterLast(int first, int second, int third) {
    List<LogBridge> bridges =
        List.of(LogBridge.install(), LogBridge.install(), LogBridge.install());
    bridges.get(first).close();
    assertThat(KameleoonLogger.getLogger()).isSameAs(bridges.get(first == 2 ? 1 : 2));
    bridges.get(second).close();
    assertThat(KameleoonLogger.getLogger()).isSameAs(bridges.get(third));
    bridges.get(third).close();
    assertThat(KameleoonLogger.getLogger()).isSameAs(original);
    assertThat(KameleoonLogger.getLogLevel()).isEqualTo(originalLevel);
  }

  @Test
  void close_bridgeOfAnotherClassLoader_isLeftInPlace() throws Exception {
    LogBridge ours = LogBridge.install();
    Class<?> copy = new CopyingLoader().loadClass(LogBridge.class.getName());
    Method install = copy.getDeclaredMethod("install");
    install.setAccessible(true);
    Object theirs = install.invoke(null);
    ours.close();
    assertThat(KameleoonLogger.getLogger()).isSameAs(theirs);
    Method close = copy.getDeclaredMethod("close");
    close.setAccessible(true);
    close.invoke(theirs);
    assertThat(KameleoonLogger.getLogger()).isSameAs(original);
  }

  @Test
  void close_applicationSetLogger_keepsThatLogger() {
    LogBridge bridge = LogBridge.install();
    com.kameleoon.logging.Logger application = (level, message) -> {};
    try {
      KameleoonLogger.setLogger(application);
      bridge.close();
      assertThat(KameleoonLogger.getLogger()).isSameAs(application);
    } finally {
      KameleoonLogger.setLogger(original);
    }
  }

  @Test
  void log_infoAndDebugOfSdk_isDiscarded() {
    try (RecordedLog log = new RecordedLog("com.kameleoon", Level.TRACE)) {
      LogBridge bridge = LogBridge.install();
      KameleoonLogger.setLogLevel(LogLevel.DEBUG);
      KameleoonLogger.info("visitor 'abc'");
      KameleoonLogger.debug("token");
      KameleoonLogger.warning("w");
      KameleoonLogger.error("e");
      bridge.close();
      assertThat(log.messages(Level.TRACE)).containsExactly("w", "e");
    }
  }

  @Test
  void log_sameErrorInOutage_isOneLine() {
    try (RecordedLog log = new RecordedLog("com.kameleoon", Level.INFO)) {
      LogBridge bridge = LogBridge.install();
      KameleoonLogger.error("down");
      KameleoonLogger.error("down");
      KameleoonLogger.warning("slow");
      KameleoonLogger.warning("slow");
      bridge.close();
      assertThat(log.messages(Level.INFO)).containsExactly("down", "slow");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Request GET https://d/visit/visitor?siteCode=s&visitorCode=abc%40x&a=1 failed"
            + "|Request GET https://d/visit/visitor?siteCode=s&visitorCode=***&a=1 failed",
        "Failed to get remote visitor data for abc : x|Failed to get remote visitor data for *** : x",
        "Failed for visitor code 'abc': x|Failed for visitor code '***': x",
        "Authorization: Bearer eyJ.x-y|Authorization: Bearer ***",
        "{\"access_token\":\"eyJ\",\"expires_in\":1}|{\"access_token\":\"***\",\"expires_in\":1}",
        "client_id=a&client_secret=b|client_id=***&client_secret=***",
        "Kameleoon API access token is rejected|Kameleoon API access token is rejected"
      })
  void scrub_codesAndSecrets_areRemoved(String line, String safe) {
    assertThat(LogBridge.scrub(line)).isEqualTo(safe);
  }

  /** Loads a copy of the classes, as a second web application does. */
  private static final class CopyingLoader extends ClassLoader {
    CopyingLoader() {
      super(LogBridgeTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!List.of(LogBridge.class.getName(), SdkHook.class.getName()).contains(name)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
