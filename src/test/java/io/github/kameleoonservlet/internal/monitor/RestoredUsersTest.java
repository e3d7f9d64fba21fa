package io.github.kameleoonservlet.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestoredUsersTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode OTHER = new VisitorCode("other");

  private final AtomicLong nanos = new AtomicLong();
  private final RestoredUsers users = new RestoredUsers(nanos::get);

  @Test
  void see_requestsOfOneClick_countOnce() {
    assertThat(users.see(USER, OTHER).returns()).isEqualTo(1);
    nanos.addAndGet(RestoredUsers.ONE_CLICK.toNanos() - 1);
    assertThat(users.see(USER, OTHER).returns()).isEqualTo(1);
    nanos.addAndGet(1);
    assertThat(users.see(USER, OTHER).returns()).isEqualTo(2);
    nanos.addAndGet(1);
    assertThat(users.see(USER, OTHER).returns()).isEqualTo(2);
  }

  @Test
  void see_moreCodesThanMaximum_areNotKept() {
    for (int i = 0; i < 2 * RestoredUsers.MANY_BROWSERS; i++) {
      RestoredUsers.Seen seen = users.see(USER, new VisitorCode("other-" + i));

      assertThat(seen.first()).isEqualTo(i == 0);
      assertThat(seen.codes()).isEqualTo(Math.min(i + 1, RestoredUsers.MANY_BROWSERS));
    }
  }
}
