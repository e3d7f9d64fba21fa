package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports the beginning of the response, and keeps the library's headers when the application sets
 * {@code Cache-Control} or a visitor cookie (an SDK's, which does not know the user), or calls
 * {@code reset()}. While {@code Cache-Control} is only the library's, the application does not see
 * it.
 */
public final class VisitorResponse extends HttpServletResponseWrapper {

  private final VisitorHeaders headers;
  private boolean bodyTaken;
  private boolean forwardEnded;

  public VisitorResponse(HttpServletResponse response, VisitorHeaders headers) {
    super(response);
    this.headers = headers;
  }

  /**
   * Wraps a response for the application, and the server's own once more below the wrappers of the
   * filters before us: Spring Security's asks for {@code Cache-Control} when the answer is ready,
   * and writes its {@code no-store} only where there is none.
   */
  public static HttpServletResponse around(HttpServletResponse response, VisitorHeaders headers) {
    HttpServletResponse own = ContainerObjects.response(response);
    ServletResponse current = response;
    while (current instanceof ServletResponseWrapper wrapper) {
      current = wrapper.getResponse();
      if (current == own) {
        wrapper.setResponse(new VisitorResponse(own, headers));
      }
    }
    return new VisitorResponse(response, headers);
  }

  /** Whether what is written to a response comes through one of ours. */
  public static boolean isIn(ServletResponse response) {
    ServletResponse current = response;
    while (current instanceof ServletResponseWrapper wrapper) {
      if (wrapper instanceof VisitorResponse) {
        return true;
      }
      current = wrapper.getResponse();
    }
    return false;
  }

  @Override
  public boolean containsHeader(String name) {
    return !isOursAlone(name) && super.containsHeader(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isOursAlone(name) ? null : super.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return isOursAlone(name) ? List.of() : super.getHeaders(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return super.getHeaderNames().stream().filter(name -> !isOursAlone(name)).toList();
  }

  @Override
  public void setHeader(String name, String value) {
    if (isOurCookie(name, value) || isForSharedCaches(name)) {
      return;
    }
    if (isOurCacheControl(name)) {
      writePrivately(List.of(), value);
      return;
    }
    super.setHeader(name, value);
    noteMediaType(name);
    if ("Set-Cookie".equalsIgnoreCase(name)) {
      headers.writeAgain();
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isOurCookie(name, value) || isForSharedCaches(name)) {
      return;
    }
    if (isOurCacheControl(name)) {
      writePrivately(List.copyOf(getHeaders(name)), value);
    } else {
      super.addHeader(name, value);
      noteMediaType(name);
    }
  }

  // The type is read back, because the container ignores the type that an included page sets.

  @Override
  public void setContentType(String type) {
    super.setContentType(type);
    noteMediaType();
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
      return endingWriter();
    }
    bodyTaken = true;
    return super.getWriter();
  }

  /**
   * Ends the response of a forward.
   *
   * <p>Tomcat and Undertow then close the writer of each response that is not their own. This sets
   * a default character encoding in a response that has written nothing (HEAD, 412, 416, an empty
   * one), and so in a static error page. If this wrapper alone wraps the container's response, they
   * close the stream instead.
   */
  public void endForward() {
    begin();
    forwardEnded = !bodyTaken && !(getResponse() instanceof ServletResponseWrapper);
  }

  /** Discards all output, as the container does after a forward. */
  private PrintWriter endingWriter() {
    return new PrintWriter(Writer.nullWriter()) {
      @Override
      public void close() {
        try {
          VisitorResponse.super.getOutputStream().close();
        } catch (IOException e) {
          setError();
        }
      }
    };
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

  /** As nginx's own may be set. */
  @Override
  public void setIntHeader(String name, int value) {
    if (!isForSharedCaches(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isForSharedCaches(name)) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!CookieHeader.NAME.equals(cookie.getName())) {
      super.addCookie(cookie);
    }
  }

  @Override
  public void reset() {
    super.reset();
    headers.writeAgain();
  }

  private void noteMediaType(String name) {
    if ("Content-Type".equalsIgnoreCase(name)) {
      noteMediaType();
    }
  }

  private void noteMediaType() {
    // Read only when the result counts: Tomcat creates a new string for each call.
    headers.mediaTypeChanged(this::getContentType);
  }

  private boolean isOursAlone(String name) {
    return CacheControl.HEADER.equalsIgnoreCase(name) && headers.cacheControlIsOurs();
  }

  // Tomcat ignores a header without a name.
  @SuppressWarnings("ConstantValue")
  private boolean isForSharedCaches(String name) {
    return name != null && headers.isPrivate() && SharedCacheHeaders.has(name);
  }

  private boolean isOurCacheControl(String name) {
    return CacheControl.HEADER.equalsIgnoreCase(name) && headers.isPrivate();
  }

  // Null values remove a header on some servers and are ignored by others.
  @SuppressWarnings("ConstantValue")
  private static boolean isOurCookie(String name, String value) {
    return "Set-Cookie".equalsIgnoreCase(name)
        && value != null
        && value.startsWith(CookieHeader.NAME + "=");
  }

  @SuppressWarnings("ConstantValue")
  private void writePrivately(List<String> present, String value) {
    List<String> values = new ArrayList<>(present);
    if (value != null) {
      values.add(value);
    }
    super.setHeader(CacheControl.HEADER, CacheControl.privately(values));
    headers.cacheControlIsTheirs(values);
  }
}
