package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Detects threads that a test has left behind. */
final class Threads {

  private Threads() {}

  static void assertNoneBut(Set<Thread> before) {
    Awaitility.await()
        // Less than the ten seconds after which a retry of the SDK ends by itself.
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(
            () ->
                assertThat(
                        Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.isAlive() && !before.contains(thread))
                            // Threads of the JVM, and the thread of Awaitility that runs this
                            // check.
                            .filter(thread -> !thread.getName().startsWith("awaitility"))
                            .filter(thread -> !"InnocuousThreadGroup".equals(group(thread)))
                            .filter(thread -> !"system".equals(group(thread)))
                            .map(Thread::getName)
                            .collect(Collectors.toList()))
                    .isEmpty());
  }

  private static String group(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null ? "" : group.getName();
  }
}
