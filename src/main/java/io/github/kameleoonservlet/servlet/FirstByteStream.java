package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * Reports when the body of an answer begins: before its first byte, a flush or the end. Passes
 * everything on; not thread-safe, as no such stream is.
 */
final class FirstByteStream extends ServletOutputStream {

  private final ServletOutputStream stream;
  private final Runnable begins;
  private boolean begun;

  /**
   * Takes the stream of the answer.
   *
   * @param begins is run once
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

  // Jetty's prints in the answer's character encoding, what is inherited in ISO 8859-1 only.

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
