package io.github.kameleoonservlet.benchmark.nodes;

import io.github.kameleoonservlet.benchmark.nodes.Answer.Visitor;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks and counts every response, while nodes and database stop and start. Thread-safe. */
final class Tally {

  /** The counted results. The last ones break an invariant. */
  enum Count {
    PAGES("pages"),
    API("answers of the API"),
    SIGN_INS("sign-ins"),
    PASSED_ON("requests that nginx passed on to the other node"),
    BROKEN("connections of the killed node: 502, 504 or broken"),
    NODE_DOWN("pages and answers while a node was down"),
    DATABASE_DOWN("pages and answers while the database was down"),
    USER_UNKNOWN("of these without the user, whose session could not be read"),
    CODE_UNKNOWN("of these without a code, or 503 from the API"),
    NO_ANSWER(
        "without a code at another time, because the store failed or took longer than 250 ms"),
    SIGN_IN_AGAIN("sign-ins whose session could not be saved, while the database was down"),
    FAILED("failed pages", true),
    SESSION_LOST("users whose session was lost, while the database was up", true),
    WRONG_USER("pages of another user", true),
    CODE_CHANGED("anonymous browsers whose code changed", true);

    final String title;
    final boolean isFault;

    Count(String title) {
      this(title, false);
    }

    Count(String title, boolean isFault) {
      this.title = title;
      this.isFault = isFault;
    }
  }

  final Outages nodeOutages = new Outages();
  final Outages databaseOutages = new Outages();
  private final Map<Count, AtomicInteger> counts = new EnumMap<>(Count.class);
  private final Map<String, String> users = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> codes = new ConcurrentHashMap<>();
  private final Set<String> shared = ConcurrentHashMap.newKeySet();
  private final AtomicInteger shown = new AtomicInteger();

  Tally() {
    for (Count count : Count.values()) {
      counts.put(count, new AtomicInteger());
    }
  }

  int get(Count count) {
    return counts.get(count).get();
  }

  void add(Count count) {
    counts.get(count).incrementAndGet();
  }

  /** Returns the codes that the pages showed to each signed-in user. */
  Map<String, Set<String>> codes() {
    return codes;
  }

  /** Returns the codes that devices of two users got, signed in or not. */
  Set<String> shared() {
    return shared;
  }

  /**
   * Checks a response to a sign-in. Returns whether the user is signed in: the user, not nginx,
   * repeats a POST that reached the killed node.
   */
  boolean signIn(Answer answer) {
    passing(answer);
    if (answer.status() == 302) {
      add(Count.SIGN_INS);
      return true;
    }
    refused(answer);
    return false;
  }

  /**
   * Checks a page or a response of {@code GET /visitorCode}.
   *
   * @param before the code in the cookie of the device before the request
   * @return the visitor, or null if the response has none
   */
  Visitor visit(Device device, String before, Answer answer) {
    passing(answer);
    boolean databaseDown = databaseOutages.touch(answer.began(), answer.ended());
    boolean api = answer.request().contains("api/");
    if (api && answer.status() == 503) {
      add(databaseDown ? Count.CODE_UNKNOWN : Count.NO_ANSWER);
      return null;
    }
    Visitor visitor = answer.status() == 200 ? answer.visitor() : null;
    if (visitor == null) {
      refused(answer);
      return null;
    }
    add(api ? Count.API : Count.PAGES);
    if (databaseDown) {
      add(Count.DATABASE_DOWN);
    }
    if (nodeOutages.touch(answer.began(), answer.ended())) {
      add(Count.NODE_DOWN);
    }
    if (visitor.code() == null) {
      add(databaseDown ? Count.CODE_UNKNOWN : Count.NO_ANSWER);
    } else {
      owned(device, visitor.code());
    }
    if (visitor.known()) {
      known(device, visitor);
    } else if (device.isSignedIn()) {
      unknown(device, answer, databaseDown);
    } else if (before != null && !before.equals(visitor.code()) && visitor.code() != null) {
      add(Count.CODE_CHANGED);
    }
    return visitor;
  }

  private void known(Device device, Visitor visitor) {
    if (!device.isSignedIn() || (visitor.user() != null && !visitor.user().equals(device.user))) {
      add(Count.WRONG_USER);
    } else if (visitor.code() != null) {
      codes.computeIfAbsent(device.user, user -> ConcurrentHashMap.newKeySet()).add(visitor.code());
    }
  }

  private void unknown(Device device, Answer answer, boolean databaseDown) {
    if (databaseOutages.touch(device.signInBegan(), device.signInEnded())) {
      add(Count.SIGN_IN_AGAIN);
      device.signedOut();
    } else if (databaseDown) {
      add(Count.USER_UNKNOWN);
    } else {
      add(Count.SESSION_LOST);
      show(device.user + " is signed out", answer);
      device.signedOut();
    }
  }

  private void owned(Device device, String code) {
    String owner = users.putIfAbsent(code, device.user);
    if (owner != null && !owner.equals(device.user)) {
      shared.add(code);
    }
  }

  private void passing(Answer answer) {
    if (answer.wasPassedOn()) {
      add(Count.PASSED_ON);
    }
  }

  private void refused(Answer answer) {
    if (answer.isBrokenConnection() && nodeOutages.touch(answer.began(), answer.ended())) {
      add(Count.BROKEN);
    } else {
      add(Count.FAILED);
      show("failed", answer);
    }
  }

  /** Prints the first faults, to explain a failed run. */
  private void show(String what, Answer answer) {
    if (shown.incrementAndGet() <= 5) {
      String body = answer.body();
      System.out.printf(
          "%s: %s, status %d from %s: %s%n",
          what,
          answer.request(),
          answer.status(),
          answer.nodes(),
          body.substring(0, Math.min(300, body.length())));
    }
  }
}
