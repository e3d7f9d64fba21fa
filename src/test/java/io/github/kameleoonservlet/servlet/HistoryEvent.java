package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.servlet.HistoryDatabase.Health;
import java.util.List;

/** An event of a history. A failed history prints the text of each event. */
sealed interface HistoryEvent {

  void happen(HistoryWorld world);

  /** A browser requests a resource of the application. */
  record Visit(
      int browser, int node, HistoryRequest.Kind kind, List<PageStep> page, boolean answersLate)
      implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      new HistoryRequest(world, browser, node, kind).visit(page, answersLate);
    }

    @Override
    public String toString() {
      return "browser %d asks server %d for %s%s%s"
          .formatted(browser, node, kind, page.isEmpty() ? "" : " that " + page, late(answersLate));
    }
  }

  /** A step of a page of the application. */
  record PageStep(Deed deed, String user) {
    @Override
    public String toString() {
      return deed + (deed == Deed.SIGNS_IN ? " " + user : "");
    }
  }

  enum Deed {
    SIGNS_IN,
    SIGNS_OUT,
    LOGS_OUT,
    RESETS_THE_RESPONSE,
    COMMITS_THE_RESPONSE,
    WRITES_A_VISITOR_COOKIE_OF_ITS_OWN,
    FAILS
  }

  /** A browser or app calls the JSON API. */
  record Calls(int browser, int node, HistoryCall.Name name, String argument, boolean answersLate)
      implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      new HistoryCall(world, browser, node).call(name, world.code(argument), answersLate);
    }

    @Override
    public String toString() {
      return "browser %d calls %s%s of server %d%s"
          .formatted(
              browser, name, name.takesCode() ? " with " + argument : "", node, late(answersLate));
    }
  }

  /** The application signs a user in without a request through the filter. */
  record SignsIn(int browser, String user) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.browsers.get(browser).user = user;
    }

    @Override
    public String toString() {
      return "browser " + browser + (user == null ? " is signed out" : " is signed in as " + user);
    }
  }

  /** The oldest response under way arrives. */
  record AnswerArrives(int browser) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      HistoryBrowser receiver = world.browsers.get(browser);
      List<String> answer = receiver.underWay.poll();
      if (answer != null) {
        receiver.jar = receiver.jar.after(answer);
        world.tell("cookies", receiver.jar);
      }
    }

    @Override
    public String toString() {
      return "browser " + browser + " gets a late answer";
    }
  }

  /** A script or a person puts a visitor cookie into a browser. */
  record CookieIsPlanted(int browser, String text, boolean inDomain) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      HistoryBrowser receiver = world.browsers.get(browser);
      receiver.jar = receiver.jar.withCode(text, inDomain && world.rules.domain());
    }

    @Override
    public String toString() {
      return "browser " + browser + " gets the cookie " + text + (inDomain ? " of the domain" : "");
    }
  }

  /** A browser gets the visitor cookies of another. */
  record CookieIsCopied(int from, int to) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      HistoryBrowser receiver = world.browsers.get(to);
      receiver.jar =
          new HistoryBrowser.Jar(world.browsers.get(from).jar.code(), receiver.jar.consent());
    }

    @Override
    public String toString() {
      return "browser " + to + " gets the visitor cookies of browser " + from;
    }
  }

  /** The visitor answers the consent banner, or deletes the answer. */
  record ConsentIs(int browser, String answer, boolean inDomain) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      HistoryBrowser asked = world.browsers.get(browser);
      asked.jar = asked.jar.withConsent(answer, inDomain && world.rules.domain());
    }

    @Override
    public String toString() {
      return "browser %d has the consent %s%s"
          .formatted(browser, answer, inDomain ? " of the domain" : "");
    }
  }

  /** An administrator erases a user. */
  record IsErased(String user, int node) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      boolean linked = world.links.of(user) != null;
      int failures = world.database.failures;
      world.links.erasing.add(user);
      try {
        boolean erased = world.nodes.get(node).service.erase(user);
        world.require(
            erased == linked || world.overtaken, "erase returns whether there was a link", erased);
        world.require(world.links.of(user) == null || world.overtaken, "erase erases", world.links);
      } catch (StoreUnavailableException e) {
        world.require(world.database.failures > failures, "erase works", "unavailable");
      } finally {
        world.links.erasing.remove(user);
      }
      world.tell("links", world.links);
    }

    @Override
    public String toString() {
      return user + " is erased on server " + node;
    }
  }

  /** An administrator renames a user. */
  record IsRenamed(String from, String to, int node) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      if (from.equals(to)) {
        return;
      }
      RenameResult expected =
          world.links.of(from) == null
              ? RenameResult.NO_LINK
              : world.links.of(to) == null ? RenameResult.RENAMED : RenameResult.TARGET_LINKED;
      List<String> pair = List.of(from, to);
      int failures = world.database.failures;
      world.links.renaming.add(pair);
      try {
        RenameResult result = world.nodes.get(node).service.rename(from, to);
        world.require(result == expected || world.overtaken, "rename returns what it did", result);
      } catch (StoreUnavailableException e) {
        world.require(world.database.failures > failures, "rename works", "unavailable");
      } finally {
        world.links.renaming.remove(pair);
      }
      world.tell("links", world.links);
    }

    @Override
    public String toString() {
      return from + " is renamed to " + to + " on server " + node;
    }
  }

  record TimePasses(int seconds) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.second += seconds;
    }

    @Override
    public String toString() {
      return seconds + " seconds pass";
    }
  }

  record Restarts(int node) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.restart(node);
    }

    @Override
    public String toString() {
      return "server " + node + " restarts";
    }
  }

  record SecretChanges() implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      // A change of the secret takes new deployments, and the old ones end their calls first.
      world.database.catchUp();
      world.changeSecret();
    }

    @Override
    public String toString() {
      return "the secret of the user keys changes";
    }
  }

  record DatabaseTurns(Health health) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.database.health = health;
    }

    @Override
    public String toString() {
      return "the database is " + health;
    }
  }

  record AnswerIsLost(int after) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.database.loseAnswer(after);
    }

    @Override
    public String toString() {
      return "answer " + (after + 1) + " of the database from now on will be lost";
    }
  }

  record AnswerIsSlow(int after) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.database.slowDown(after);
    }

    @Override
    public String toString() {
      return "answer " + (after + 1) + " of the database from now on will not be waited for";
    }
  }

  /** The calls that exceeded their time-out while the database was slow take effect. */
  record DatabaseCatchesUp() implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.database.catchUp();
      world.tell("links", world.links);
    }

    @Override
    public String toString() {
      return "the database does what was given up";
    }
  }

  /** An event happens while another waits for the database. */
  record Overtaken(HistoryEvent slow, int calls, HistoryEvent fast) implements HistoryEvent {
    @Override
    public void happen(HistoryWorld world) {
      world.overtaken = true;
      world.database.meanwhile(calls, () -> world.happen(fast));
      world.happen(slow);
      world.database.nothingMeanwhile();
      world.overtaken = false;
    }

    @Override
    public String toString() {
      return "("
          + slow
          + ") waits for answer "
          + (calls + 1)
          + " of the database while ("
          + fast
          + ")";
    }
  }

  private static String late(boolean answersLate) {
    return answersLate ? ", the answer is late" : "";
  }
}
