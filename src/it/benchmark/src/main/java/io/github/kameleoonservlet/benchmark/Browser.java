package io.github.kameleoonservlet.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A keep-alive connection that sends requests as Chrome sends them, of many visitors in turn. */
final class Browser implements Callable<Void>, AutoCloseable {

  /** The number of requests in one turn, each of another visitor. */
  static final int REQUESTS = 960;

  private static final int LARGE = 8_000;
  private static final String MANY_COOKIES =
      IntStream.range(0, 196)
          .mapToObj(i -> "cookie" + i + "=value" + i + "; ")
          .collect(Collectors.joining());
  private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
  private static final Pattern SESSION = Pattern.compile("JSESSIONID=\\w+");

  private final Socket socket;
  private final InputStream answers;
  private final List<byte[]> requests = new ArrayList<>();

  /**
   * Connects, signs a known user in, and prepares the requests of one turn.
   *
   * @param number distinguishes the visitors of this browser from those of other browsers
   */
  Browser(int port, String path, Visit visit, int number) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    answers = new BufferedInputStream(socket.getInputStream(), 16_384);
    String cookies = "_ga=GA1.1.1234567890.1234567890; theme=dark";
    if (visit == Visit.KNOWN) {
      cookies += "; kameleoonVisitorCode=known00000000001";
      Matcher session = SESSION.matcher(send(request(path + "?user=user-1", cookies, visit)));
      cookies += session.find() ? "; " + session.group() : "";
    }
    for (int i = 0; i < REQUESTS / visit.browsers(); i++) {
      boolean coded = visit != Visit.KNOWN && visit != Visit.NEW;
      String code = "; kameleoonVisitorCode=visitor" + (100_000_000 + number * REQUESTS + i);
      requests.add(request(path, coded ? cookies + code : cookies, visit));
    }
  }

  private static byte[] request(String path, String cookies, Visit visit) {
    boolean large = visit == Visit.LARGE;
    return String.join(
            "\r\n",
            "GET " + path + (large ? "&more=" + "x".repeat(LARGE) : "") + " HTTP/1.1",
            "Host: localhost",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/140.0.0.0 Safari/537.36"
                + (large ? " Shop/1.0".repeat(LARGE / 9) : ""),
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language: en",
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: document",
            "Cookie: " + (large ? MANY_COOKIES : "") + cookies,
            "",
            "")
        .getBytes(ISO_8859_1);
  }

  /** Sends the requests of one turn, and reads the responses. */
  @Override
  public Void call() throws IOException {
    for (byte[] request : requests) {
      send(request);
    }
    return null;
  }

  /**
   * Sends the first request.
   *
   * @return the head of the response
   */
  String first() throws IOException {
    return send(requests.get(0));
  }

  private String send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = answers.read();
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    if (!head.toString().startsWith("HTTP/1.1 200") || !length.find()) {
      throw new IOException(head.toString());
    }
    answers.skipNBytes(Integer.parseInt(length.group(1)));
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
