package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the purpose of the library: a user sees the same variation on every device. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TwoDevicesIT {

  private static final int USERS = 200;

  @ArquillianResource private URL url;

  @Deployment(testable = false)
  static WebArchive shop() {
    return Wars.sample();
  }

  private record Seen(String website, String app) {
    boolean same() {
      return website.equals(app);
    }
  }

  @Test
  void twoDevices_ofOneUser_showSameVariation() throws URISyntaxException {
    URI base = url.toURI();
    List<Browser> websites = IntStream.range(0, USERS).mapToObj(i -> new Browser(base)).toList();
    List<Browser> apps = IntStream.range(0, USERS).mapToObj(i -> Browser.app(base)).toList();

    long before = same(websites, apps);
    for (int i = 0; i < USERS; i++) {
      String user = newUser("user-" + i);
      Shop.signIn(websites.get(i), user);
      apps.get(i).submitAndStay("login", "user", user, "password", "demo");
    }
    long after = same(websites, apps);

    System.out.printf(
        "%d users on two devices each, a 50/50 test: the same variation for %d of %d"
            + " (before they sign in: %d of %d)%n",
        USERS, after, USERS, before, USERS);
    assertThat(before).as("what the gate looks at").isLessThan(USERS);
    assertThat(after).isEqualTo(USERS);
  }

  private static long same(List<Browser> websites, List<Browser> apps) {
    List<Seen> seen =
        IntStream.range(0, USERS).mapToObj(i -> seen(websites.get(i), apps.get(i))).toList();
    assertThat(seen).extracting(Seen::website).containsOnly("control", "treatment");
    return seen.stream().filter(Seen::same).count();
  }

  private static Seen seen(Browser website, Browser app) {
    String body = "{\"featureKey\":\"spring-offer\"}";
    return new Seen(
        Shop.home(website).text("spring-offer"),
        Shop.answered(() -> app.call("POST", "api/variation", body)).json("key"));
  }
}
