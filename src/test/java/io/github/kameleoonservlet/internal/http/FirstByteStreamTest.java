package io.github.kameleoonservlet.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletResponse;

class FirstByteStreamTest {

  @FunctionalInterface
  private interface Use {
    void of(ServletOutputStream stream) throws IOException;
  }

  static Stream<Use> uses() {
    return Stream.of(
        stream -> stream.write('a'),
        stream -> stream.write("a".getBytes(UTF_8)),
        stream -> stream.write("-a-".getBytes(UTF_8), 1, 1),
        stream -> stream.print("a"),
        stream -> stream.print('a'));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void write_anyMethod_isReportedOnceBeforeFirstByte(Use use) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    List<String> before = new ArrayList<>();
    ServletOutputStream stream =
        new FirstByteStream(
            response.getOutputStream(),
            () -> before.add(new String(response.getContentAsByteArray(), UTF_8)));
    assertThat(before).isEmpty();

    use.of(stream);
    use.of(stream);
    stream.flush();
    stream.close();

    assertThat(before).containsExactly("");
    assertThat(new String(response.getContentAsByteArray(), UTF_8)).isEqualTo("aa");
  }

  static Stream<Use> ends() {
    return Stream.of(
        ServletOutputStream::flush,
        ServletOutputStream::close,
        ServletOutputStream::println,
        stream -> stream.println("a"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void streamWithoutBytes_flushedOrClosed_isReported(Use use) throws IOException {
    List<String> reported = new ArrayList<>();

    use.of(
        new FirstByteStream(
            new MockHttpServletResponse().getOutputStream(), () -> reported.add("begins")));

    assertThat(reported).containsExactly("begins");
  }

  @Test
  void streamMethods_reachContainersStream() throws IOException {
    List<String> calls = new ArrayList<>();
    ServletOutputStream stream = new FirstByteStream(new Recording(calls), () -> {});

    stream.println("a");
    stream.println();
    stream.flush();
    stream.setWriteListener(null);
    assertThat(stream.isReady()).isTrue();
    assertThat(stream.isReady()).isFalse();
    stream.close();

    assertThat(calls)
        .containsExactly(
            "println a", "println", "flush", "listener", "isReady", "isReady", "close");
  }

  /** A stream that is ready once. */
  private static final class Recording extends ServletOutputStream {
    private final List<String> calls;

    Recording(List<String> calls) {
      this.calls = calls;
    }

    @Override
    public void write(int b) {
      calls.add("write");
    }

    @Override
    public void println(String text) {
      calls.add("println " + text);
    }

    @Override
    public void println() {
      calls.add("println");
    }

    @Override
    public void flush() {
      calls.add("flush");
    }

    @Override
    public void close() {
      calls.add("close");
    }

    @Override
    public boolean isReady() {
      calls.add("isReady");
      return calls.indexOf("isReady") == calls.size() - 1;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      calls.add("listener");
    }
  }
}
