package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Observes the rows of the database, and records which server may change which link. Checks the
 * rules about links: a link changes only by erasure or renaming, no two users share a code, and a
 * code that was once linked is never linked to another user.
 */
final class HistoryLinks {

  /** A change of a user's link: the link began, ended, or both. */
  record Change(String user, String before, String after, int node, long second) {}

  private final HistoryWorld world;
  private final Function<String, List<Optional<VisitorCode>>> rows;
  private final Map<String, String> now = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Integer> firstLinked = new TreeMap<>();

  // Lists, because two requests at the same time may permit the same change.
  final List<String> linking = new ArrayList<>();
  final List<String> erasing = new ArrayList<>();
  final List<List<String>> renaming = new ArrayList<>();

  /**
   * Creates the observer.
   *
   * @param rows reads the codes in the database under all keys of a user
   */
  HistoryLinks(HistoryWorld world, Function<String, List<Optional<VisitorCode>>> rows) {
    this.world = world;
    this.rows = rows;
  }

  /** Returns the stored code of a user, or null. */
  String of(String user) {
    return now.get(user);
  }

  /** Returns the present moment, as an argument for the other methods. */
  int moment() {
    return changes.size();
  }

  boolean linkedBefore(int moment, String code) {
    return firstLinked.getOrDefault(code, Integer.MAX_VALUE) < moment;
  }

  /** Returns whether a user had no link at some time since a moment. */
  boolean unlinkedSince(int moment, String user) {
    return since(moment, user).contains(null);
  }

  /**
   * Returns the codes that a server may use for a user: the codes since a moment, and the codes
   * that the server's cache may still contain. A cache may be outdated because another server, or
   * an earlier one with the same number, has removed the link, or because the server is removing
   * the link.
   */
  Set<String> believable(int moment, String user, int node) {
    Set<String> codes = since(moment, user);
    for (Change change : changes) {
      if (change.user.equals(user)
          && (change.node != node || changing(user))
          && world.second - change.second < HistoryWorld.CACHE_SECONDS) {
        codes.add(change.before);
      }
    }
    codes.remove(null);
    return codes;
  }

  private Set<String> since(int moment, String user) {
    Set<String> codes = new HashSet<>();
    codes.add(now.get(user));
    for (Change change : changes.subList(moment, changes.size())) {
      if (change.user.equals(user)) {
        codes.add(change.before);
        codes.add(change.after);
      }
    }
    return codes;
  }

  /** Records the links that a server's call has changed, and checks the rules. */
  void observe(int node) {
    Map<String, String> before = new TreeMap<>(now);
    int moment = moment();
    for (String user : HistoryWorld.USERS) {
      List<String> found =
          rows.apply(user).stream().flatMap(Optional::stream).map(VisitorCode::value).toList();
      world.require(found.size() <= 1, "one user, one link", user, "has", found);
      String code = found.isEmpty() ? null : found.get(0);
      if (!Objects.equals(code, before.get(user))) {
        changes.add(new Change(user, before.get(user), code, node, world.second));
        if (code == null) {
          now.remove(user);
        } else {
          now.put(user, code);
          world.require(
              linking.contains(user) && !linkedBefore(moment, code) || renamed(before, user, code),
              "a link begins by a request of the user, with a code that was never linked",
              user,
              "got",
              code);
        }
        world.require(
            before.get(user) == null
                || code == null && (erasing.contains(user) || renamedAway(user)),
            "a link ends by erasure or renaming only",
            user,
            "had",
            before.get(user),
            "and now has",
            code);
      }
    }
    now.values().forEach(code -> firstLinked.putIfAbsent(code, moment));
    world.require(
        new HashSet<>(now.values()).size() == now.size(), "no two users share a code", now);
  }

  /** Returns a change that keeps the present permissions when it runs later. */
  Runnable permitted(Runnable change) {
    List<String> mayLink = List.copyOf(linking);
    List<String> mayErase = List.copyOf(erasing);
    List<List<String>> mayRename = List.copyOf(renaming);
    return () -> {
      linking.addAll(mayLink);
      erasing.addAll(mayErase);
      renaming.addAll(mayRename);
      change.run();
      mayLink.forEach(linking::remove);
      mayErase.forEach(erasing::remove);
      mayRename.forEach(renaming::remove);
    };
  }

  private boolean renamed(Map<String, String> before, String to, String code) {
    return renaming.stream()
        .anyMatch(pair -> pair.get(1).equals(to) && code.equals(before.get(pair.get(0))));
  }

  private boolean changing(String user) {
    return erasing.contains(user) || renaming.stream().anyMatch(pair -> pair.contains(user));
  }

  private boolean renamedAway(String from) {
    return renaming.stream().anyMatch(pair -> pair.get(0).equals(from));
  }

  @Override
  public String toString() {
    return now.toString();
  }
}
