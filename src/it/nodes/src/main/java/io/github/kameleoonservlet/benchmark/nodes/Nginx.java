package io.github.kameleoonservlet.benchmark.nodes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An nginx in front of the nodes, as an ordinary process: each request goes to a random node. A
 * request whose connection fails goes to the other node, unless it is a POST that the first node
 * may have begun.
 */
final class Nginx implements AutoCloseable {

  /** The response header with the nodes to which nginx passed the request. */
  static final String UPSTREAM = "x-upstream";

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log error.log warn;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        keepalive_requests 1000000;
        upstream shop {
          random;
          %s
          keepalive 32;
          # Below the keepAliveTimeout of Tomcat, 20 seconds, so that Tomcat closes none first.
          keepalive_timeout 15s;
        }
        server {
          listen 127.0.0.1:%d;
          location / {
            proxy_pass http://shop;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_connect_timeout 2s;
            # Without "non_idempotent": nginx never sends a POST twice.
            proxy_next_upstream error;
            add_header %s $upstream_addr always;
          }
        }
      }
      """;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Nginx start(String program, Path directory, int port, List<NodeProcess> nodes)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    String servers =
        nodes.stream()
            .map(node -> "server " + node.authority() + " max_fails=1 fail_timeout=2s;")
            .collect(Collectors.joining("\n    "));
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(servers, port, UPSTREAM));
    Process process =
        new ProcessBuilder(
                program, "-p", directory.toString(), "-c", configuration.toString(), "-e", "stderr")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Ports.await(port, process, directory.resolve("output.log"));
    return new Nginx(process, port);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
