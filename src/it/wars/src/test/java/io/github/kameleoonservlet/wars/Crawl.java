package io.github.kameleoonservlet.wars;

import io.github.kameleoonservlet.wars.Comparison.Answers;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests an application link by link, in three browsers at once. Each browser follows the links
 * of its own pages, so that session ids and tokens in links and forms are valid.
 */
final class Crawl {

  private static final int FORMS = 40;

  private final WebApplication application;
  private final Trio trio;
  private final Deque<List<String>> waiting = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private int pages;
  private int forms;

  Crawl(WebApplication application, Trio trio) {
    this.application = application;
    this.trio = trio;
  }

  void run() {
    application.starts().forEach(start -> enqueue(Collections.nCopies(3, start)));
    visitWaiting(application.pages());
    Probes.run(application, trio);
  }

  /** Requests files of the WAR, whether a page links to them or not. */
  void files(List<String> names, int number) {
    names.forEach(
        name ->
            enqueue(Collections.nCopies(3, Links.target(application.path() + "/" + name, "/"))));
    visitWaiting(pages + number);
  }

  private void visitWaiting(int limit) {
    while (!waiting.isEmpty() && pages < limit) {
      pages++;
      visit(waiting.remove());
    }
    waiting.clear();
  }

  /** Returns how many targets and forms were requested, as a text. */
  String extent() {
    return pages + " targets, " + forms + " forms";
  }

  private void visit(List<String> targets) {
    Answers answers = request(targets, Request::page);
    if (answers.plain().status() == 200) {
      variations(targets, answers.plain());
    }
    follow(targets, answers);
  }

  private Answers request(List<String> targets, Function<String, Request> request) {
    return trio.send(targets.stream().map(request).map(application::prepared).toList());
  }

  /**
   * Requests the same target as a cache, a download manager, a link checker and an old client do.
   */
  private void variations(List<String> targets, Answer page) {
    request(targets, t -> Request.resource("HEAD", t));
    request(targets, t -> Request.page(t).with("Accept-Encoding", "gzip"));
    if (!page.header("ETag").isEmpty()) {
      request(targets, t -> Request.page(t).with("If-None-Match", page.header("ETag")));
    }
    if (!page.header("Last-Modified").isEmpty()) {
      request(
          targets,
          t -> Request.resource("GET", t).with("If-Modified-Since", page.header("Last-Modified")));
      request(
          targets,
          t ->
              Request.resource("GET", t)
                  .with("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"));
    }
    if (!page.header("Accept-Ranges").isEmpty()) {
      request(targets, t -> Request.resource("GET", t).with("Range", "bytes=1-9"));
      request(targets, t -> Request.resource("GET", t).with("Range", "bytes=0-1,4-5"));
      request(targets, t -> Request.resource("GET", t).with("Range", "bytes=99999999-"));
    }
  }

  private void follow(List<String> targets, Answers answers) {
    List<Answer> three = List.of(answers.plain(), answers.plainAgain(), answers.filtered());
    if (three.stream().allMatch(Answer::isRedirect)) {
      enqueue(each(i -> Links.target(three.get(i).header("Location"), targets.get(i))));
    }
    if (!three.stream().allMatch(Answer::isHtml)) {
      return;
    }
    List<Page> parsed =
        IntStream.range(0, 3).mapToObj(i -> new Page(targets.get(i), three.get(i))).toList();
    List<List<String>> links = parsed.stream().map(Page::links).toList();
    if (same(links.stream().map(List::size))) {
      for (int link = 0; link < links.get(0).size(); link++) {
        int number = link;
        enqueue(each(i -> links.get(i).get(number)));
      }
    }
    if (same(parsed.stream().map(Page::forms))) {
      for (int form = 0; form < parsed.get(0).forms(); form++) {
        int number = form;
        submit(parsed.stream().map(p -> p.form(number)).toList());
      }
    }
  }

  private void submit(List<Request> requests) {
    String key = requests.get(0).method() + key(requests.get(0).target());
    if (forms < FORMS && application.mayRequest(requests.get(0).target()) && seen.add(key)) {
      forms++;
      Answers answers = trio.send(requests.stream().map(application::prepared).toList());
      follow(requests.stream().map(Request::target).toList(), answers);
    }
  }

  private void enqueue(List<String> targets) {
    if (targets.stream().allMatch(application::mayRequest) && seen.add(key(targets.get(0)))) {
      waiting.add(targets);
    }
  }

  /**
   * Returns the target without session ids and page numbers, so that the crawl does not run in
   * circles.
   */
  private static String key(String target) {
    return target
        .replaceAll(";jsessionid=[^?]*", "")
        .replaceAll("[0-9A-F]{32}", "")
        .replaceAll("\\d+", "0");
  }

  private static List<String> each(IntFunction<String> target) {
    return IntStream.range(0, 3).mapToObj(target).toList();
  }

  private static boolean same(Stream<Integer> numbers) {
    return numbers.distinct().count() == 1;
  }
}
