package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * The response that the application gets: reports to {@link VisitorHeaders} when the response
 * begins, and keeps the library's headers ({@link HeaderGuard}).
 */
public final class VisitorResponse extends HeaderGuard {

  private boolean bodyTaken;
  private boolean forwardEnded;

  public VisitorResponse(
      HttpServletResponse response, VisitorHeaders headers, ShownVisitor visitor) {
    super(response, headers, visitor);
  }

  // The type is read back, because the container ignores the type that an included page sets.

  @Override
  public void setContentType(String type) {
    super.setContentType(type);
    noteMediaType();
  }

  @Override
  public void setHeader(String name, String value) {
    super.setHeader(name, value);
    noteMediaType(name);
  }

  @Override
  public void addHeader(String name, String value) {
    super.addHeader(name, value);
    noteMediaType(name);
  }

  private void noteMediaType(String name) {
    if ("Content-Type".equalsIgnoreCase(name)) {
      noteMediaType();
    }
  }

  private void noteMediaType() {
    // Read only when the result counts: Tomcat creates a new string for each call.
    if (headers.hasBegun()) {
      begin();
    }
  }

  /**
   * Returns a stream that reports its first byte: Tomcat's servlet for files sets the media type
   * after it has taken the stream.
   */
  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    bodyTaken = true;
    ServletOutputStream stream = super.getOutputStream();
    if (headers.awaitsMediaType(getContentType())) {
      return new FirstByteStream(stream, this::begin);
    }
    begin();
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    begin();
    if (forwardEnded) {
      return new StreamClosingWriter(super::getOutputStream);
    }
    bodyTaken = true;
    return super.getWriter();
  }

  /**
   * Ends the response of a forward.
   *
   * <p>Tomcat and Undertow then close the writer of each response that the container did not
   * create. Closing the writer sets a default character encoding in a response that has written
   * nothing (HEAD, 412, 416, an empty one), and so in a static error page. If this wrapper alone
   * wraps the container's response, these containers close the stream instead.
   */
  public void endForward() {
    begin();
    forwardEnded = !bodyTaken && !(getResponse() instanceof ServletResponseWrapper);
  }

  @Override
  public void flushBuffer() throws IOException {
    begin();
    super.flushBuffer();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    headers.release();
    super.sendRedirect(location);
  }

  // Overrides the methods of Servlet 6.1.

  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  public void sendRedirect(String location, int status) throws IOException {
    sendRedirect(location, status, /* clearBuffer= */ true);
  }

  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    headers.release();
    LaterRedirect.send((HttpServletResponse) getResponse(), location, status, clearBuffer);
  }

  @Override
  public void sendError(int status) throws IOException {
    beforeError(status);
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    beforeError(status);
    super.sendError(status, message);
  }

  /**
   * Writes the held-back headers now, because the container may accept none after its error page.
   */
  private void beforeError(int status) {
    if (status != SC_NOT_MODIFIED) {
      headers.release();
    }
  }

  private void begin() {
    headers.begin(getContentType());
  }
}
