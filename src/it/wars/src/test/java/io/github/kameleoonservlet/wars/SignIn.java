package io.github.kameleoonservlet.wars;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.wars.Comparison.Answers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sign-in by the form of an application.
 *
 * @param page the page that shows the form, or the page that makes the container show it
 */
record SignIn(String page, String userField, String user, String passwordField, String password) {

  /** Signs a user in, in all three browsers. */
  void run(WebApplication application, Trio trio) {
    List<String> targets = List.of(page, page, page);
    List<Answer> forms = opened(application, trio, targets.stream().map(Request::page).toList());
    assertThat(forms).as("the form of %s", application).allMatch(Answer::isHtml);
    opened(
        application,
        trio,
        IntStream.range(0, 3)
            .mapToObj(
                i -> new Page(page, forms.get(i)).signIn(userField, user, passwordField, password))
            .toList());
  }

  private static List<Answer> opened(
      WebApplication application, Trio trio, List<Request> requests) {
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
    return three;
  }

  private static List<Answer> send(WebApplication application, Trio trio, List<Request> requests) {
    Answers answers = trio.send(requests.stream().map(application::prepared).toList());
    return List.of(answers.plain(), answers.plainAgain(), answers.filtered());
  }
}
