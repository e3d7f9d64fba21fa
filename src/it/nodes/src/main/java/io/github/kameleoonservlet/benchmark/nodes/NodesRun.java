package io.github.kameleoonservlet.benchmark.nodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;

/**
 * Runs many users on two devices each, at random nodes of a small cluster. A fifth of the devices
 * arrives while all parts work, a fifth while a node is down, a fifth after its return, a twentieth
 * while the database is down, and the others afterwards. Prints counts; the exit status is 1 if an
 * invariant is broken.
 */
public final class NodesRun {

  private final Cluster cluster;
  private final Tally tally = new Tally();

  /** The maximum number of connections of both stores under load. */
  private int connections;

  private NodesRun(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Runs the command.
   *
   * @param args the build directory, and the exploded WAR of the sample
   */
  public static void main(String[] args) throws Exception {
    Path build = Path.of(args[0]).toAbsolutePath();
    Path directory = Files.createTempDirectory(build, "nodes");
    Options options = Options.ofSystem();
    System.out.println("Logs of the servers: " + directory);
    boolean passed;
    try (Cluster cluster = Cluster.start(directory, Path.of(args[1]).toAbsolutePath(), options)) {
      passed = new NodesRun(cluster).run(options.users());
    }
    if (passed) {
      FileUtils.deleteDirectory(directory.toFile());
    }
    // Idle connections of the HTTP client keep its thread alive.
    System.exit(passed ? 0 : 1);
  }

  private boolean run(int users) throws Exception {
    Crowd crowd = new Crowd(cluster.address(), users, tally);
    try (crowd) {
      arrivals(crowd);
    }
    say("The last requests");
    Verdict verdict = new Verdict(tally, lastCodes(crowd), cluster.links());
    verdict.connections(connections);
    if (verdict.holds()) {
      say("Erasures");
      verdict.erasures(
          new Erasures(cluster.nodes().get(0), cluster.nodes().get(1)).run(), cluster.links());
    }
    verdict.print();
    return verdict.holds();
  }

  private void arrivals(Crowd crowd) throws Exception {
    crowd.letIn(0.2);
    connections = cluster.database().connections(Cluster.STORES);
    say("A node is killed");
    NodeProcess node = cluster.nodes().get(1);
    tally.nodeOutages.begin();
    node.kill();
    crowd.letIn(0.4);
    say("The node is started");
    node.start();
    node.awaitReady();
    tally.nodeOutages.end();
    crowd.letIn(0.6);
    say("The database is stopped");
    tally.databaseOutages.begin();
    cluster.database().stop();
    crowd.letIn(0.65);
    say("The database is started");
    cluster.database().start();
    awaitCodes();
    tally.databaseOutages.end();
    crowd.letIn(1);
    connections = Math.max(connections, cluster.database().connections(Cluster.STORES));
  }

  private static void say(String text) {
    System.out.printf("%tT %s%n", System.currentTimeMillis(), text);
  }

  /** Waits until every node gives a code to a user who signs in now. */
  private void awaitCodes() throws InterruptedException {
    for (NodeProcess node : cluster.nodes()) {
      for (int i = 0; ; i++) {
        Device device = new Device("after-the-outage-" + node.authority().replace(":", ".") + i);
        device.signIn(node.address());
        Answer.Visitor visitor = device.page(node.address()).visitor();
        if (visitor != null && visitor.known() && visitor.code() != null) {
          break;
        }
        Thread.sleep(100);
      }
    }
  }

  /**
   * Returns the last codes of each user: one device ends with a page, the other one with the API.
   */
  private static Map<String, List<String>> lastCodes(Crowd crowd) {
    Map<String, List<String>> codes = new ConcurrentHashMap<>();
    List<Device> devices = crowd.devices();
    IntStream.range(0, devices.size() / 2)
        .parallel()
        .forEach(
            i -> {
              List<String> both = new ArrayList<>();
              both.add(crowd.last(devices.get(2 * i), true));
              both.add(crowd.last(devices.get(2 * i + 1), false));
              codes.put(devices.get(2 * i).user, both);
            });
    return new TreeMap<>(codes);
  }
}
