package io.github.kameleoonservlet.wars;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sends messages to a web socket, and returns what comes back. */
final class WebSocketClient implements WebSocket.Listener {

  private static final String LONG = "0123456789".repeat(5_000);

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();

  /** Sends a short text, a long text and bytes to an echo, and ends the connection. */
  static List<String> echoes(int port, String path) throws InterruptedException {
    var client = new WebSocketClient();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
            .join();
    socket.sendText("hello", true).join();
    String text = client.next();
    socket.sendText(LONG.substring(0, 20_000), false).join();
    socket.sendText(LONG.substring(20_000), true).join();
    String longText = client.next(LONG.length());
    socket.sendBinary(ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8)), true).join();
    String bytes = client.next();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "end").join();
    return List.of(text, longText, bytes, client.next());
  }

  private String next() throws InterruptedException {
    return String.valueOf(received.poll(120, TimeUnit.SECONDS));
  }

  /** Joins messages until they have this length, because one of the echoes splits long messages. */
  private String next(int length) throws InterruptedException {
    String all = next();
    while (all.length() < length && !all.equals("null")) {
      all += next();
    }
    return all;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      received.add(part.toString());
      part.setLength(0);
    }
    return WebSocket.Listener.super.onText(socket, data, last);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (data.hasRemaining()) { // One of the echoes sends an empty part at the end.
      received.add("binary " + StandardCharsets.UTF_8.decode(data));
    }
    return WebSocket.Listener.super.onBinary(socket, data, last);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    received.add("closed " + code + " " + reason);
    return WebSocket.Listener.super.onClose(socket, code, reason);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    received.add("error " + error);
  }
}
