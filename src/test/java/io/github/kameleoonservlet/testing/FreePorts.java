package io.github.kameleoonservlet.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports for servers that bind the port later. The system gives out none of these ports to
 * connections or to servers that ask for any port, so that tests in parallel JVMs do not take the
 * port meanwhile.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 29_999;

  private FreePorts() {}

  /** Returns a port on which no server listens. */
  public static int next() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + FIRST + " to " + LAST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
