package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static io.github.kameleoonservlet.it.Shop.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the shop on a device that several people use: the setting {@code afterSignOut=renew}. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SharedDeviceIT {

  private final URI base = Wars.address("shared-device");

  @Deployment(testable = false)
  static WebArchive shop() {
    return Wars.sample("shared-device", Map.of("env:KAMELEOON_AFTER_SIGN_OUT", "renew"));
  }

  @Test
  void signOut_renewing_startsVisitorThatNextUserAdopts() {
    Browser browser = new Browser(base);
    String first = newUser("user-1");
    String code = signIn(browser, first).code();
    Page signedOut = browser.submitAndStay("logout");
    Page next = browser.open("");
    Page second = signIn(browser, newUser("user-2"));

    assertThat(signedOut.cookieCode()).isNotNull().isNotEqualTo(code);
    assertThat(next.code()).isEqualTo(signedOut.cookieCode());
    assertThat(next.user()).isEqualTo("anonymous");
    assertThat(second.code()).isEqualTo(next.code());
    assertThat(signIn(new Browser(base), first).code()).isEqualTo(code);
  }
}
