package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * A stream that reports that the body of a response begins: before the first byte, the first flush
 * or the close. Delegates all calls to the container's stream. Not thread-safe, like every stream
 * of a response.
 */
final class FirstByteStream extends ServletOutputStream {

  private final ServletOutputStream stream;
  private final Runnable begins;
  private boolean begun;

  /**
   * Wraps the stream of a response.
   *
   * @param begins runs once, before the body begins
   */
  FirstByteStream(ServletOutputStream stream, Runnable begins) {
    this.stream = stream;
    this.begins = begins;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      begins.run();
    }
  }

  @Override
  public void write(int b) throws IOException {
    begin();
    stream.write(b);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    begin();
    stream.write(bytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    begin();
    stream.write(bytes, offset, length);
  }

  // Jetty's stream prints in the response's character encoding; the inherited methods print in ISO
  // 8859-1.

  @Override
  public void print(String text) throws IOException {
    begin();
    stream.print(text);
  }

  @Override
  public void println(String text) throws IOException {
    begin();
    stream.println(text);
  }

  @Override
  public void println() throws IOException {
    begin();
    stream.println();
  }

  @Override
  public void flush() throws IOException {
    begin();
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    begin();
    stream.close();
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    stream.setWriteListener(listener);
  }
}
