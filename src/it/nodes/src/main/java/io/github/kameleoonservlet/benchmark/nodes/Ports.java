package io.github.kameleoonservlet.benchmark.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds free ports of loopback, and waits for programs to listen. */
final class Ports {

  private Ports() {}

  /** Returns a port that is free at this time. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Waits until a process accepts connections at a port. */
  static void await(int port, Process process, Path log) throws IOException, InterruptedException {
    while (!accepts(port)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the process has ended:\n" + Files.readString(log));
      }
      Thread.sleep(50);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
