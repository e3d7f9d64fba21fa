package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Customers who read the first page of the shop in a loop: known customers with two devices each,
 * new customers who sign in for the first time, and an anonymous visitor. A wrong page is counted
 * and stops all customers.
 */
final class Customers implements AutoCloseable {

  private static final int KNOWN_EACH = 3;
  private static final int NEW_EACH = 40;

  private final URI base;
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, Set<String>> codesShown = new ConcurrentHashMap<>();
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger withoutCode = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicReference<Throwable> wrong = new AtomicReference<>();
  private volatile boolean closed;

  private Customers(URI base) {
    this.base = base;
  }

  /** Signs the known customers in, and starts all customers. */
  static Customers at(URI base, int groups) {
    Customers customers = new Customers(base);
    for (int i = 0; i < groups; i++) {
      customers.groups.add(customers.new Group(i));
    }
    customers.groups.forEach(Thread::start);
    return customers;
  }

  /** Returns the number of pages that the shop has served so far. */
  int pages() {
    return pages.get();
  }

  /** Returns the number of wrong pages. */
  int failed() {
    return failed.get();
  }

  /** Fails with the error of the first wrong page. */
  void assertServed() {
    assertThat(wrong.get()).isNull();
    assertThat(failed).hasValue(0);
  }

  /** Returns the number of pages that signed-in customers got without a code so far. */
  int withoutCode() {
    return withoutCode.get();
  }

  /** Returns the time that the slowest page took, from click to end. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** Returns all codes that the pages showed, by user. */
  Map<String, Set<String>> codesShown() {
    return codesShown;
  }

  /** Waits until a signed-in customer gets a page without a code. */
  void awaitNoCode() {
    int before = withoutCode.get();
    awaitAll(group -> withoutCode.get() > before);
  }

  /** Waits until each group has completed two more rounds. */
  void awaitTwoRounds() {
    Map<Group, Integer> before = new HashMap<>();
    groups.forEach(group -> before.put(group, group.rounds));
    awaitAll(group -> group.rounds > before.get(group) + 2);
  }

  /**
   * Waits until all customers have a code again, including those who signed in during the outage.
   */
  void awaitCodes() {
    groups.forEach(group -> group.roundsWithCodes = 0);
    awaitAll(group -> group.roundsWithCodes > 1);
  }

  /** Waits until all groups meet the condition, or until the shop has served a wrong page. */
  private void awaitAll(Predicate<Group> condition) {
    await().until(() -> wrong.get() != null || groups.stream().allMatch(condition));
  }

  /** Stops all customers, and waits until their last requests have ended. */
  @Override
  public void close() {
    closed = true;
    groups.forEach(
        group -> {
          try {
            group.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** A thread that plays some of the customers, one after the other. */
  private final class Group extends Thread {

    private final List<Customer> customers = new ArrayList<>();
    private final Browser anonymous = new Browser(base);
    private int newOnes;
    private volatile int rounds;
    private volatile int roundsWithCodes;

    Group(int number) {
      super("customers " + number);
      for (int i = 0; i < KNOWN_EACH; i++) {
        Customer website = new Customer(newUser("user-" + i), null);
        Shop.home(website.browser);
        Customer app = new Customer(website.name, Shop.home(website.browser).code());
        website.code = app.code;
        customers.addAll(List.of(website, app));
      }
    }

    @Override
    public void run() {
      try {
        while (!closed && wrong.get() == null) {
          int before = withoutCode.get();
          visitAnonymously();
          if (newOnes < NEW_EACH) {
            newOnes++;
            customers.add(new Customer(newUser("user-new"), null));
          }
          customers.forEach(Customer::visit);
          rounds++;
          roundsWithCodes = before == withoutCode.get() ? roundsWithCodes + 1 : 0;
        }
      } catch (Throwable e) {
        failed.incrementAndGet();
        wrong.compareAndSet(null, e);
      }
    }

    private void visitAnonymously() {
      String code = anonymous.code();
      Page page = open(anonymous);
      assertThat(page.outcome()).isEqualTo(code == null ? "ISSUED" : "RECOGNIZED");
      assertThat(page.code()).isEqualTo(anonymous.code());
      assertThat(code).isIn(null, page.code());
    }
  }

  /** A signed-in customer with one browser. */
  private final class Customer {

    private final String name;
    private final Browser browser = new Browser(base);

    /** The code that the customer has, or the code that the next page must show. */
    private String code;

    Customer(String name, String code) {
      this.name = name;
      browser.submitAndStay("login", "user", name, "password", "demo");
      // A new customer keeps the code that the browser got before the login.
      this.code = code == null ? browser.code() : code;
    }

    void visit() {
      String before = browser.code();
      Page page = open(browser);
      assertThat(page.user()).isEqualTo(name);
      if (page.outcome().equals("UNRESOLVED")) {
        withoutCode.incrementAndGet();
        assertThat(page.code()).isEqualTo("none");
        assertThat(page.visitorCookies()).isEmpty();
        assertThat(browser.code()).isEqualTo(before);
      } else {
        codesShown.computeIfAbsent(name, user -> ConcurrentHashMap.newKeySet()).add(page.code());
        assertThat(page.outcome()).isIn("LINKED", "RECOGNIZED", "RESTORED");
        assertThat(page.code()).isEqualTo(code);
        assertThat(browser.code()).isEqualTo(code);
      }
    }
  }

  private Page open(Browser browser) {
    long begin = System.nanoTime();
    Page page = browser.open("");
    longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
    pages.incrementAndGet();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("id=\"visitor-code\"", "</html>");
    return page;
  }
}
