package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** A writer that discards its text and closes a stream, so that no character encoding is set. */
final class StreamClosingWriter extends PrintWriter {

  /** The source of a response's stream. */
  @FunctionalInterface
  interface Source {
    ServletOutputStream stream() throws IOException;
  }

  private final Source source;

  /** Creates a writer. The writer calls the source only when the writer is closed. */
  StreamClosingWriter(Source source) {
    super(Writer.nullWriter());
    this.source = source;
  }

  @Override
  public void close() {
    try {
      source.stream().close();
    } catch (IOException e) {
      setError();
    }
  }
}
