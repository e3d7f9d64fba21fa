package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.testing.RecordedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdkFailuresTest {

  private final RecordedLog log = new RecordedLog(Level.INFO);
  private final SdkFailures failures = new SdkFailures();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void failure_sameKindRepeated_logsOneScrubbedLineUntilRecovery() {
    for (int i = 0; i < 3; i++) {
      failures.failed("It fails", new IllegalStateException("visitor code: 'abc-" + i + "'"));
    }
    assertThat(log.complaints())
        .singleElement()
        .asString()
        .contains("It fails", "visitor code: '***'")
        .doesNotContain("abc");

    failures.recovered("It fails");
    failures.failed("It fails", new IllegalStateException());
    assertThat(log.complaints()).hasSize(2);
  }

  @Test
  void lasting_failuresUntilRecovery_areBoundedSentencesWithoutCode() {
    for (int i = 0; i <= PlatformStatus.MAX_FAULTS; i++) {
      failures.failed("Call " + i + " fails", new IllegalStateException("visitor code: 'abc'"));
    }
    assertThat(failures.lasting())
        .hasSize(PlatformStatus.MAX_FAULTS)
        .contains("Call 0 fails: java.lang.IllegalStateException: visitor code: '***'");

    for (int i = 1; i < PlatformStatus.MAX_FAULTS; i++) {
      failures.recovered("Call " + i + " fails");
    }
    assertThat(failures.lasting()).singleElement().asString().startsWith("Call 0 fails");
  }

  @Test
  void lasting_libraryFault_namesItOnce() {
    for (int i = 0; i < 2; i++) {
      failures.failed("It fails", new IllegalStateException(new NoSuchMethodError("x.Y.z()")));
    }
    assertThat(failures.lasting())
        .singleElement()
        .asString()
        .contains("x.Y.z()")
        .doesNotEndWith(".");
  }

  @Test
  void log_unknownKey_showsFortySafeCharacters() {
    failures.log("${jndi:ldap://x}=a@b" + "x".repeat(100), Reason.NOT_FOUND, null);

    assertThat(log.complaints())
        .singleElement()
        .asString()
        .contains("'??jndi?ldap???x??a?b" + "x".repeat(20) + "' is NOT_FOUND");
  }

  @Test
  void log_manyUnknownKeys_lastLineAnnouncesEnd() {
    for (int i = 0; i < 300; i++) {
      failures.log("feature-" + i, Reason.NOT_FOUND, null);
    }

    assertThat(log.complaints()).hasSize(101);
    assertThat(log.complaints()).filteredOn(line -> line.contains("Further ones")).hasSize(1);
  }

  @Test
  void log_messageOfSeveralLines_isOneLine() {
    failures.log("feature", Reason.ERROR, new IllegalStateException("one\r\ntwo\u0007"));

    assertThat(log.complaints())
        .singleElement()
        .asString()
        .contains("one  two")
        .doesNotContain("\n");
  }

  @Test
  void log_linkageErrorInManyFeatures_isOneWarnWithJar() {
    for (int i = 0; i < 3; i++) {
      failures.log(
          "feature-" + i, Reason.ERROR, new NoSuchMethodError("'void org.slf4j.Logger.x()'"));
      failures.failed(
          "No event",
          new IllegalStateException(new NoSuchMethodError("'void org.slf4j.Logger.x()'")));
    }

    assertThat(log.complaints())
        .singleElement()
        .asString()
        .contains("org.slf4j.Logger comes from slf4j-api-1.7.36.jar")
        .contains("Upgrade slf4j-api-1.7.36.jar in WEB-INF/lib");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The messages of HotSpot 17 and 21.
        "'java.lang.String org.slf4j.Logger.sha256Hex(java.lang.String)' | slf4j-api-1.7.36.jar",
        "Class org.slf4j.Logger does not have member field 'int x'       | slf4j-api-1.7.36.jar",
        "org/slf4j/Logger                                                | slf4j-api-1.7.36.jar",
        "Could not initialize class org.slf4j.Logger                     | slf4j-api-1.7.36.jar",
        "Receiver class com.kameleoon.KameleoonClientFactory does not define or inherit an implementation"
            + " of the resolved method 'abstract void x()' of interface org.slf4j.Logger."
            + "                                                          | slf4j-api-1.7.36.jar",
        "class org.slf4j.Logger has interface org.slf4j.Marker as super class | slf4j-api-1.7.36.jar",
        "org.example.Missing                                             | Add the missing jar",
        "java.lang.String.noSuchMethod                                   | Add the missing jar",
        "                                                                | Add the missing jar"
      })
  void explanation_messageWithClass_namesJarOrMissingJar(String message, String expected) {
    NoClassDefFoundError error = new NoClassDefFoundError(message);

    assertThat(LibraryFault.explain(error)).contains(expected);
  }

  @Test
  void explanation_messageWithoutClass_namesJarOfThrower() {
    NoSuchFieldError error = new NoSuchFieldError("INSTANCE");
    error.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("org.slf4j.Logger", "x", "Logger.java", 1)});

    assertThat(LibraryFault.explain(error)).contains("slf4j-api-1.7.36.jar");
  }
}
