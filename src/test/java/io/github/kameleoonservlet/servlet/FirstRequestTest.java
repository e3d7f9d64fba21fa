package io.github.kameleoonservlet.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Tests the first request, during which a servlet without load-on-startup may start its context and
 * migrate an empty schema.
 */
class FirstRequestTest {

  private static final String URL = "jdbc:h2:mem:first-request";

  private final KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

  @AfterEach
  void destroy() {
    filter.destroy();
  }

  @Test
  void table_emptySchema_isCreatedAfterFirstChain() throws Exception {
    List<String> during = new ArrayList<>();
    try (Connection application = DriverManager.getConnection(URL)) {
      init("jdbcUrl", URL);

      doFilter((req, res) -> during.addAll(tables(application)));

      assertThat(during).isEmpty();
      // The test does not wait again, because a sign-in that follows at once needs the table.
      assertThat(tables(application)).containsExactly("KAMELEOON_VISITOR_CODE");
    }
  }

  @Test
  void table_firstChainThrows_isCreatedAfterChain() throws Exception {
    List<String> during = new ArrayList<>();
    try (Connection application = DriverManager.getConnection(URL)) {
      init("jdbcUrl", URL);

      assertThatThrownBy(
              () ->
                  doFilter(
                      (req, res) -> {
                        during.addAll(tables(application));
                        throw new ServletException("the application's own");
                      }))
          .hasMessage("the application's own");

      assertThat(during).isEmpty();
      assertThat(tables(application)).containsExactly("KAMELEOON_VISITOR_CODE");
    }
  }

  @Test
  void table_firstRequestAsynchronous_isCreatedAfterChain() throws Exception {
    request.setAsyncSupported(true);
    List<String> during = new ArrayList<>();
    try (Connection application = DriverManager.getConnection(URL)) {
      init("jdbcUrl", URL);

      doFilter(
          (req, res) -> {
            during.addAll(tables(application));
            req.startAsync();
          });

      assertThat(during).isEmpty();
      assertThat(tables(application)).containsExactly("KAMELEOON_VISITOR_CODE");
    }
  }

  @Test
  void anonymousRequest_storeOfApplicationHangs_doesNotWait() throws Exception {
    HangingStore.answered = new CountDownLatch(1);
    HangingStore.releasedInTime.set(null);
    init("store", HangingStore.class.getName());

    doFilter(new MockFilterChain());

    HangingStore.answered.countDown();
    await().until(() -> HangingStore.releasedInTime.get() != null);
    assertThat(HangingStore.releasedInTime).as("the request ended first").hasValue(true);
  }

  private void init(String setting, String value) throws ServletException {
    MockFilterConfig config = new MockFilterConfig();
    config.addInitParameter(setting, value);
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    filter.init(config);
  }

  private void doFilter(FilterChain chain) throws Exception {
    filter.doFilter(request, new MockHttpServletResponse(), chain);
  }

  private static List<String> tables(Connection application) {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        application.getMetaData().getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }

  /**
   * A store that responds only after the request has ended. Public, because the setting {@code
   * store} names the class.
   */
  public static final class HangingStore implements VisitorCodeStore {

    static volatile CountDownLatch answered = new CountDownLatch(1);
    static final AtomicReference<Boolean> releasedInTime = new AtomicReference<>();

    /** Called by the library. */
    public HangingStore() {}

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      try {
        releasedInTime.set(answered.await(10, SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      return LinkResult.LINKED;
    }

    @Override
    public boolean erase(UserKey user) {
      return false;
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      return RenameResult.NO_LINK;
    }

    @Override
    public void close() {
      // The store has nothing to close.
    }
  }
}
