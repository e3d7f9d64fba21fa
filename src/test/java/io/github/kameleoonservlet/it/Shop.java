package io.github.kameleoonservlet.it;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Scenarios of the sample shop that run on more than one server. */
final class Shop {

  static final String VALID_CODE = "[A-Za-z0-9._:@~|+/-]{1,100}";

  static final Path DATA_FILE =
      Path.of("webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");

  private Shop() {}

  /** Returns a name that no earlier run has signed in with. */
  static String newUser(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Signs in; reads the first page again only if the database was too slow. */
  static Page signIn(Browser browser, String user) {
    Page page = browser.signIn(user);
    return page.outcome().equals("UNRESOLVED") ? home(browser) : page;
  }

  /** Opens the first page until the visitor is resolved. */
  static Page home(Browser browser) {
    return resolved(browser, "");
  }

  /** Opens a page until the visitor is resolved, because a slow database may miss the time-out. */
  static Page resolved(Browser browser, String path) {
    return asked(() -> browser.open(path), page -> !page.outcome().equals("UNRESOLVED"));
  }

  /**
   * Makes an API call until the store has answered, because a slow database may miss the time-out.
   */
  static Page answered(Callable<Page> call) {
    return asked(call, page -> page.status() != 503);
  }

  private static Page asked(Callable<Page> question, Predicate<Page> answered) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofSeconds(60))
        .until(question, answered);
  }

  /**
   * Returns browsers with a code each, all signed in as one user, none of which has sent a request
   * after the login.
   */
  static List<Browser> manyBrowsersOf(URI base, String user, int size) {
    List<Browser> browsers =
        IntStream.range(0, size).mapToObj(i -> new Browser(base, user + "-code-" + i)).toList();
    browsers.forEach(browser -> browser.submitAndStay("login", "user", user, "password", "demo"));
    return browsers;
  }

  /**
   * Returns browsers with the same code, each signed in as another user, none of which has sent a
   * request after the login.
   */
  static List<Browser> manyUsersOf(URI base, String code, List<String> users) {
    List<Browser> browsers = users.stream().map(user -> new Browser(base, code)).toList();
    for (int i = 0; i < browsers.size(); i++) {
      browsers.get(i).submitAndStay("login", "user", users.get(i), "password", "demo");
    }
    return browsers;
  }
}
