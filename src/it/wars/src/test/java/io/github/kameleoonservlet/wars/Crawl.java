package io.github.kameleoonservlet.wars;

import io.github.kameleoonservlet.wars.Comparison.Answers;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** Requests up to this number of targets, and sends the requests of {@link Probes}. */
  void run(int targets) {
    application.starts().forEach(start -> enqueue(Collections.nCopies(3, start)));
    visitWaiting(targets);
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
    Answers answers = send(each(i -> Request.page(targets.get(i))));
    if (answers.plain().status() == 200) {
      variations(targets, three(answers));
    }
    follow(targets, answers);
  }

  private Answers send(List<Request> requests) {
    return trio.send(requests.stream().map(application::prepared).toList());
  }

  private static List<Answer> three(Answers answers) {
    return List.of(answers.plain(), answers.plainAgain(), answers.filtered());
  }

  /**
   * Requests the same target as a cache, a download manager, a link checker and an old client do.
   * Each browser sends the date and the tag of the answer that it got.
   */
  private void variations(List<String> targets, List<Answer> pages) {
    List<Request> resources = each(i -> Request.resource("GET", targets.get(i)));
    send(each(i -> Request.resource("HEAD", targets.get(i))));
    send(with(each(i -> Request.page(targets.get(i))), "Accept-Encoding", "gzip"));
    if (pages.stream().allMatch(p -> !p.header("ETag").isEmpty())) {
      send(each(i -> resources.get(i).with("If-None-Match", pages.get(i).header("ETag"))));
    }
    if (pages.stream().allMatch(p -> !p.header("Last-Modified").isEmpty())) {
      send(
          each(
              i ->
                  resources
                      .get(i)
                      .with("If-Modified-Since", pages.get(i).header("Last-Modified"))));
      send(with(resources, "If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"));
    }
    if (!pages.get(0).header("Accept-Ranges").isEmpty()) {
      send(with(resources, "Range", "bytes=1-9"));
      send(with(resources, "Range", "bytes=0-1,4-5"));
      send(with(resources, "Range", "bytes=99999999-"));
    }
  }

  private static List<Request> with(List<Request> requests, String name, String value) {
    return requests.stream().map(r -> r.with(name, value)).toList();
  }

  private void follow(List<String> targets, Answers answers) {
    List<Answer> three = three(answers);
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
      Answers answers = send(requests);
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

  private static <T> List<T> each(IntFunction<T> ofBrowser) {
    return IntStream.range(0, 3).mapToObj(ofBrowser).toList();
  }

  private static boolean same(Stream<Integer> numbers) {
    return numbers.distinct().count() == 1;
  }
}
