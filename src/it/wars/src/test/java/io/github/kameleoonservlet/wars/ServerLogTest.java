package io.github.kameleoonservlet.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogTest {

  @Test
  void line_withOtherTimeThreadAndNumbers_isEqual() {
    assertThat(
            newLines(
                "29-Nov-2026 15:53:43.851 INFO [http-nio-1-exec-2] a.B.c Took [1,341] ms in /s/a/work",
                "30-Dec-2026 05:03:00.002 INFO [http-nio-3-exec-9] a.B.c Took [17] ms in /s/c/work"))
        .isEmpty();
  }

  @Test
  void line_afterBlankOfOtherLine_isEqual() {
    assertThat(
            newLines(
                "29-Nov-2026 15:53:43.851 INFO [main] a.B.c Undeploying",
                " 29-Nov-2026 15:53:44.001 INFO [main] a.B.c Undeploying"))
        .isEmpty();
  }

  @Test
  void line_withOtherWord_isNew() {
    assertThat(newLines("INFO [main] a.B.c started", "INFO [main] a.B.c failed")).hasSize(1);
  }

  @Test
  void line_inColour_isEqual() {
    assertThat(newLines("[WARN ] old", "\u001b[33m[WARN ]\u001b[m old")).isEmpty();
  }

  @Test
  void thread_thatIsEnding_isEqual() {
    String thread =
        "The web application [x] appears to have started a thread named [y] but has failed to stop"
            + " it. This is very likely to create a memory leak. Stack trace of thread:\n";
    assertThat(newLines("", thread)).isEmpty();
    assertThat(newLines("", thread + "INFO [main] a.B.c Undeploying\n")).hasSize(1);
    assertThat(newLines("", thread + " java.base@17/java.lang.Thread.sleep(Native Method)\n"))
        .hasSize(1);
  }

  @Test
  void frame_afterOtherFrame_isEqual() {
    String trace = "java.lang.Exception: a\n\tat a.B.c(B.java:1)\n";
    String filtered = "\tat io.github.kameleoonservlet.servlet.Filter.run(Filter.java:2)\n";
    assertThat(newLines(trace, trace + filtered)).isEmpty();
  }

  @Test
  void frame_ofLibraryThatThrows_isNew() {
    String trace = "java.lang.Exception: a\n";
    String filtered = "\tat io.github.kameleoonservlet.servlet.Filter.run(Filter.java:2)\n";
    List<String> lines = newLines(trace + "\tat a.B.c(B.java:1)\n", trace + filtered);
    assertThat(lines).hasSize(1).noneMatch(AllowedLogLines::contain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARN - StoreOpener - The visitor code store does not answer to this.",
        "29-Nov-2026 15:53:43.851 WARNING [main] io.github.kameleoonservlet.A.b any other text",
        "SLF4J: Class path contains multiple SLF4J bindings.",
        "SEVERE \"x\" The visitor code store answers again."
      })
  void line_thatDocumentationDoesNotPromise_isNotAllowed(String line) {
    assertThat(AllowedLogLines.contain(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The visitor code store answers again.",
        "INFO  - StoreOutage                - The visitor code store answers again.",
        "[INFO ] 2026-11-29 16:03:19.290 [kameleoon-servlet-store-1] i.g.k.i.g.StoreOutage -"
            + " The visitor code store answers again.",
        "SLF4J: Defaulting to no-operation (NOP) logger implementation"
      })
  void line_thatDocumentationPromises_isAllowed(String line) {
    assertThat(AllowedLogLines.contain(line)).isTrue();
  }

  private static List<String> newLines(String plain, String filtered) {
    return new ServerLog().add(filtered).linesMissingIn(List.of(new ServerLog().add(plain)));
  }
}
