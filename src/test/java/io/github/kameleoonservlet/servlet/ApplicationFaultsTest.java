package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.ConsentResolver;
import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.config.ApplicationClass;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.internal.source.AttributePath;
import io.github.kameleoonservlet.internal.source.UnreadableUserException;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.RecordedLog;
import io.github.kameleoonservlet.testing.Sneaky;
import jakarta.servlet.ServletException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tests that the library catches every throwable of the application's resolvers and beans. */
class ApplicationFaultsTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final List<Outcome> seen = new ArrayList<>();
  private final Page page = Page.reading(visitor -> seen.add(visitor.getOutcome()));

  /** Includes undeclared checked exceptions, which Kotlin and Lombok throw anywhere. */
  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException("user-1"),
        new SQLException("user-1"),
        new InterruptedException("user-1"),
        new AssertionError("user-1"),
        new NoClassDefFoundError("user-1"),
        new Error("user-1"),
        new Throwable("user-1"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void userResolver_throwsAnyThrowable_pageIsServedAndOneLineNamesType(Throwable fault) {
    shop.users = request -> Sneaky.rethrow(fault);

    assertServedAndLoggedOnce(fault, Outcome.UNRESOLVED);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void consentResolver_throwsAnyThrowable_pageIsServedWithoutConsent(Throwable fault) {
    shop.consent = new ConsentReader(true, request -> Sneaky.rethrow(fault), "", "");

    assertServedAndLoggedOnce(fault, Outcome.WITHHELD);
  }

  private void assertServedAndLoggedOnce(Throwable fault, Outcome outcome) {
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      browser.open(page);

      assertThat(seen).containsExactly(outcome);
      assertThat(Thread.interrupted()).isEqualTo(fault instanceof InterruptedException);
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains(fault.getClass().getName())
          .doesNotContain("user-1");
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void getterOfBean_throwsAnyThrowable_userIsUndetermined(Throwable fault) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute("user", new Account(fault));

    assertThatThrownBy(() -> AttributePath.reader("request:user.id").apply(request))
        .isInstanceOf(UnreadableUserException.class)
        .hasMessageContaining("getId")
        .hasMessageNotContaining("user-1");
    assertThat(Thread.interrupted()).isEqualTo(fault instanceof InterruptedException);
  }

  @Test
  void virtualMachineError_thrown_reachesContainer() {
    OutOfMemoryError fault = new OutOfMemoryError();
    shop.users = request -> Sneaky.rethrow(fault);
    assertThatThrownBy(() -> browser.open(page)).isSameAs(fault);

    shop.users = request -> null;
    shop.consent = new ConsentReader(true, request -> Sneaky.rethrow(fault), "", "");
    assertThatThrownBy(() -> browser.open(page)).isSameAs(fault);

    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute("user", new Account(fault));
    assertThatThrownBy(() -> AttributePath.reader("request:user.id").apply(request))
        .isSameAs(fault);
  }

  @ParameterizedTest
  @ValueSource(classes = {SneakyConstructor.class, BrokenConstructor.class, BrokenClass.class})
  void resolver_cannotBeCreated_failsDeploymentWithMessage(Class<?> type) {
    String name = type.getName();
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);

    assertThatThrownBy(() -> UserIds.resolver(parameters, name))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("userId", name, UserIdResolver.class.getName());
    assertThatThrownBy(
            () ->
                ApplicationClass.instance(
                    parameters, "consentResolver", name, ConsentResolver.class))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("consentResolver", name, ConsentResolver.class.getName());
  }

  @Test
  void resolverConstructor_outOfMemoryError_reachesContainer() {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);

    assertThatThrownBy(() -> UserIds.resolver(parameters, GreedyConstructor.class.getName()))
        .isInstanceOf(OutOfMemoryError.class);
  }

  /** A bean that an application declares. */
  public static final class Account {
    private final Throwable fault;

    Account(Throwable fault) {
      this.fault = fault;
    }

    public String getId() throws Throwable {
      throw fault;
    }
  }

  /** Throws a checked exception that its signature does not declare. */
  public static final class SneakyConstructor {
    public SneakyConstructor() {
      Sneaky.rethrow(new SQLException("down"));
    }
  }

  /** Throws an error. */
  public static final class BrokenConstructor {
    public BrokenConstructor() {
      throw new AssertionError("broken");
    }
  }

  /** An error in a static initializer propagates unchanged (JLS 12.4.2). */
  public static final class BrokenClass {
    static {
      Sneaky.rethrow(new AssertionError("broken"));
    }

    public BrokenClass() {}
  }

  /** Throws an {@link OutOfMemoryError}, as a cache does that is too large. */
  public static final class GreedyConstructor {
    public GreedyConstructor() {
      throw new OutOfMemoryError();
    }
  }
}
