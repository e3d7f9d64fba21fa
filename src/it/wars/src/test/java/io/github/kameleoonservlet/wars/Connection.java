package io.github.kameleoonservlet.wars;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that shows every byte of an answer, and sends targets that a browser would refuse.
 *
 * <p>For use by one thread.
 */
final class Connection implements Closeable {

  private static final int TIME_OUT_MILLIS = 240_000;

  private final Socket socket;
  private final InputStream in;
  private boolean reusable = true;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIME_OUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  boolean isReusable() {
    return reusable;
  }

  Answer send(Request request, List<Header> more) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head(request, more).getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(request.body());
    return sendRaw(bytes.toByteArray(), request.method().equals("HEAD"));
  }

  /** Sends a request, and reads the answer up to the end of the first chunk. */
  Answer firstChunk(Request request) throws IOException {
    socket.getOutputStream().write(head(request, List.of()).getBytes(StandardCharsets.ISO_8859_1));
    String statusLine = line();
    List<Header> headers = fields();
    reusable = false;
    return new Answer(statusLine, headers, in.readNBytes(chunkSize()));
  }

  private static String head(Request request, List<Header> more) {
    var head =
        new StringBuilder(
            request.method() + " " + request.target() + " HTTP/1.1\r\nHost: localhost\r\n");
    request.headers().forEach(h -> head.append(h).append("\r\n"));
    more.forEach(h -> head.append(h).append("\r\n"));
    if (request.body().length > 0 || request.method().equals("POST")) {
      head.append("Content-Length: ").append(request.body().length).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** Sends these bytes as they are. */
  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends these bytes as they are, and reads one answer. */
  Answer sendRaw(byte[] bytes, boolean withoutBody) throws IOException {
    write(bytes);
    socket.getOutputStream().flush();
    String statusLine = line();
    List<Header> headers = fields();
    var answer = new Answer(statusLine, headers, new byte[0]);
    boolean empty =
        withoutBody || answer.status() == 204 || answer.status() == 304 || answer.status() < 200;
    byte[] body = empty ? new byte[0] : body(answer, headers);
    // Tomcat sends the body of a login form also for HEAD.
    reusable &=
        !withoutBody
            && answer.status() >= 200
            && !answer.header("Connection").equalsIgnoreCase("close");
    return new Answer(statusLine, headers, body);
  }

  private byte[] body(Answer head, List<Header> headers) throws IOException {
    if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      var body = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.writeBytes(in.readNBytes(size));
        line();
      }
      fields()
          .forEach(
              trailer -> headers.add(new Header("trailer " + trailer.name(), trailer.value())));
      return body.toByteArray();
    }
    if (!head.header("Content-Length").isEmpty()) {
      return in.readNBytes(Integer.parseInt(head.header("Content-Length")));
    }
    reusable = false;
    return in.readAllBytes();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
  }

  private List<Header> fields() throws IOException {
    List<Header> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.add(new Header(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    return fields;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The server closed the connection");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
