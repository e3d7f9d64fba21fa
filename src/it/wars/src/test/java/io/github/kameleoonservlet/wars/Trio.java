package io.github.kameleoonservlet.wars;

import io.github.kameleoonservlet.wars.Comparison.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Three browsers that send the same requests: to two servers without the filter, and to one with
 * it.
 *
 * <p>For use by one thread.
 */
final class Trio implements AutoCloseable {

  private static final int ROUNDS = 8;

  private final List<Browser> browsers;
  private final Executor threads;
  private final WebApplication application;
  private final Comparison comparison = new Comparison();
  private final List<String> differences = new ArrayList<>();
  private final List<String> unstable = new ArrayList<>();
  private int requests;
  private int rounds;

  /**
   * Opens nothing yet.
   *
   * @param application the application, on all three servers
   */
  Trio(List<Integer> ports, Executor threads, WebApplication application) {
    this.application = application;
    this.browsers = ports.stream().map(Browser::new).toList();
    this.threads = threads;
  }

  /**
   * Sends one request to each server, and compares the answers. A request that changes nothing is
   * sent again, to find values that change with the time.
   *
   * @param three the requests for the two servers without the filter and for the server with it
   * @return the last answers, because a page can make the forms of its earlier answers invalid
   */
  Answers send(List<Request> three) {
    comparison.nextRequest();
    requests++;
    Answers answers = answers(three);
    Answers last = answers;
    comparison.learn(answers.plain(), answers.plainAgain());
    List<String> found = comparison.differences(answers, three.get(0).target());
    for (int round = 1;
        round < ROUNDS
            && three.get(0).isRepeatable()
            && (!found.isEmpty() || comparison.isUnstable(answers));
        round++) {
      pause(round);
      rounds++;
      last = answers(three);
      comparison.learn(last.plain(), last.plainAgain());
      comparison.learn(answers.plain(), last.plain());
      if (comparison.isUnstable(answers)) {
        answers = last;
      }
      found = comparison.differences(answers, three.get(0).target());
    }
    if (comparison.isUnstable(answers)) {
      unstable.add(three.get(0).toString());
    }
    for (String difference : found) {
      differences.add(three.get(0) + "\n  " + difference);
    }
    return last;
  }

  Answers send(Request request) {
    return send(List.of(request, request, request));
  }

  /** Makes the masks of the values that change with the time, such as the field Date. */
  void learnTime(String target) throws InterruptedException {
    Answers before =
        answers(List.of(Request.page(target), Request.page(target), Request.page(target)));
    Thread.sleep(1_100); // The date in an answer changes each second.
    Answers after =
        answers(List.of(Request.page(target), Request.page(target), Request.page(target)));
    comparison.learn(before.plain(), before.plainAgain());
    comparison.learn(before.plain(), after.plain());
  }

  /** Returns the browser of the server with the filter. */
  Browser filtered() {
    return browsers.get(2);
  }

  /** Waits for the next second before some of the rounds, because pages print dates and times. */
  private static void pause(int round) {
    try {
      Thread.sleep(round % 3 == 2 ? 1_100 : 0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> differences() {
    return List.copyOf(differences);
  }

  String summary() {
    return requests
        + " requests, "
        + differences.size()
        + " differences, "
        + comparison.masks()
        + " masks, "
        + rounds
        + " repetitions, "
        + unstable.size()
        + " bodies that differ too much without the filter "
        + unstable;
  }

  int requests() {
    return requests;
  }

  /** Returns how many bodies could not be compared. */
  int unstableBodies() {
    return unstable.size();
  }

  private Answers answers(List<Request> three) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < three.size(); i++) {
      Browser browser = browsers.get(i);
      Request request = three.get(i);
      answers.add(
          CompletableFuture.supplyAsync(
              () -> application.compared(browser.send(request), request), threads));
    }
    List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
    giveVisitorCookie();
    return new Answers(all.get(0), all.get(1), all.get(2));
  }

  /** Gives the other browsers the cookie as well, so that pages that print cookies are equal. */
  private void giveVisitorCookie() {
    String code = browsers.get(2).cookie(Browser.VISITOR_COOKIE);
    if (!code.isEmpty()) {
      browsers.get(0).setCookie(Browser.VISITOR_COOKIE, code);
      browsers.get(1).setCookie(Browser.VISITOR_COOKIE, code);
    }
  }

  @Override
  public void close() {
    browsers.forEach(Browser::close);
  }
}
