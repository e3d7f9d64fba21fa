package io.github.kameleoonservlet.wars;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.wars.Comparison.Answers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A sign-in by the form of an application.
 *
 * @param page the page that shows the form, or the page that makes the container show it
 * @param fields the fields with the name, the password, and what a script of the page adds
 */
record SignIn(String page, Map<String, String> fields) {

  /** The last requests of the three browsers, and their answers. */
  private record Exchange(List<Request> requests, List<Answer> answers) {}

  /** Signs a user in, in all three browsers. */
  void run(WebApplication application, Trio trio) {
    Request request = Request.page(page);
    Exchange shown = open(application, trio, List.of(request, request, request));
    assertThat(shown.answers).as("the form of %s", application).allMatch(Answer::isHtml);
    Exchange signedIn =
        open(
            application,
            trio,
            IntStream.range(0, 3)
                .mapToObj(i -> new Page(shown.requests.get(i).target(), shown.answers.get(i)))
                .map(form -> form.signIn(fields))
                .toList());
    assertThat(signedIn.answers)
        .as("the pages of %s after the sign-in", application)
        .noneMatch(answer -> new Page(page, answer).asksForPassword());
  }

  /** Sends requests, and follows up to five redirects. */
  private static Exchange open(WebApplication application, Trio trio, List<Request> requests) {
    List<Request> next = requests;
    List<Answer> three = send(application, trio, next);
    for (int hop = 0; hop < 5 && three.stream().allMatch(Answer::isRedirect); hop++) {
      List<Request> last = next;
      List<Answer> redirects = three;
      next =
          IntStream.range(0, 3)
              .mapToObj(
                  i -> Links.target(redirects.get(i).header("Location"), last.get(i).target()))
              .map(Request::page)
              .toList();
      three = send(application, trio, next);
    }
    return new Exchange(next, three);
  }

  private static List<Answer> send(WebApplication application, Trio trio, List<Request> requests) {
    Answers answers = trio.send(requests.stream().map(application::prepared).toList());
    return List.of(answers.plain(), answers.plainAgain(), answers.filtered());
  }
}
