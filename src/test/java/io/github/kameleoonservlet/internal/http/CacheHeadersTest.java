package io.github.kameleoonservlet.internal.http;

import static io.github.kameleoonservlet.internal.http.CacheHeaders.Owner.APPLICATION;
import static io.github.kameleoonservlet.internal.http.CacheHeaders.Owner.BOTH;
import static io.github.kameleoonservlet.internal.http.CacheHeaders.Owner.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.http.CacheHeaders.Owner;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the rows of the table of {@link CacheHeaders}. */
class CacheHeadersTest {

  private final MockHttpServletResponse container = new MockHttpServletResponse();

  /** The wrapper of an earlier filter. */
  private final HttpServletResponseWrapper before = new HttpServletResponseWrapper(container);

  private final VisitorHeaders headers = new VisitorHeaders(before);
  private final HttpServletResponse application =
      ResponseChain.wrap(before, headers, UnreadVisitor.INSTANCE);

  private void assertRow(Owner owner, String browserGets, String applicationSees) {
    assertThat(headers.caching().owner()).isEqualTo(owner);
    assertThat(container.getHeader("Cache-Control")).isEqualTo(browserGets);
    for (HttpServletResponse asked : new HttpServletResponse[] {application, before}) {
      assertThat(asked.getHeader("Cache-Control")).isEqualTo(applicationSees);
      assertThat(asked.containsHeader("Cache-Control")).isEqualTo(applicationSees != null);
    }
  }

  @Test
  void owner_applicationSetsHeaderFirst_isApplication() {
    application.setHeader("Cache-Control", "public, max-age=60");

    assertRow(APPLICATION, "public, max-age=60", "public, max-age=60");
  }

  @Test
  void owner_libraryWithoutHeader_isLibrary() {
    headers.keepPrivate();

    assertRow(LIBRARY, "private", null);
  }

  @Test
  void owner_libraryAfterApplication_isBoth() {
    application.setHeader("Cache-Control", "public, max-age=60");

    headers.keepPrivate();

    assertRow(BOTH, "private, max-age=60", "private, max-age=60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "public", "s-maxage=60, Private"})
  void owner_libraryAfterApplicationWithSameText_isBoth(String value) {
    application.setHeader("Cache-Control", value);

    headers.keepPrivate();

    assertRow(BOTH, "private", "private");
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "public"})
  void owner_applicationSetsSameTextAfterLibrary_isBoth(String value) {
    headers.keepPrivate();

    application.setHeader("Cache-Control", value);

    assertRow(BOTH, "private", "private");
  }

  @Test
  void owner_applicationAddsToItsHeader_isBoth() {
    headers.keepPrivate();
    application.setHeader("Cache-Control", "max-age=60");

    application.addHeader("Cache-Control", "no-transform");

    assertRow(BOTH, "private, max-age=60, no-transform", "private, max-age=60, no-transform");
  }

  @Test
  void owner_applicationSetsNull_isLibrary() {
    headers.keepPrivate();
    application.setHeader("Cache-Control", "max-age=60");

    application.setHeader("Cache-Control", null);

    assertRow(LIBRARY, "private", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "max-age=60"})
  void owner_applicationResets_isLibrary(String value) {
    headers.keepPrivate();
    application.setHeader("Cache-Control", value);

    application.reset();

    assertRow(LIBRARY, "private", null);
  }

  @Test
  void owner_includedPageSetsHeader_isAsBefore() {
    headers.keepPrivate();
    HttpServletResponse included =
        new VisitorResponse(
            new HttpServletResponseWrapper(container) {
              @Override
              public void setHeader(String name, String value) {
                // Containers ignore headers of an included page in the same way.
              }
            },
            headers,
            UnreadVisitor.INSTANCE);

    included.setHeader("Cache-Control", "max-age=60");

    assertRow(LIBRARY, "private", null);
  }

  @Test
  void forbidStoring_beforeApplication_isLibraryAndStays() {
    headers.forbidStoring();
    assertRow(LIBRARY, "private, no-store", null);

    application.setHeader("Cache-Control", "public, max-age=60");
    assertRow(BOTH, "private, no-store, max-age=60", "private, no-store, max-age=60");

    application.setHeader("Cache-Control", null);
    assertRow(LIBRARY, "private, no-store", null);

    application.setHeader("Cache-Control", "no-store");
    assertRow(BOTH, "private, no-store", "private, no-store");

    application.reset();
    assertRow(LIBRARY, "private, no-store", null);
  }

  @Test
  void forbidStoring_afterPrivate_addsNoStore() {
    headers.keepPrivate();
    headers.forbidStoring();
    assertRow(LIBRARY, "private, no-store", null);

    headers.keepPrivate();
    assertRow(LIBRARY, "private, no-store", null);
  }

  @Test
  void forbidStoring_afterApplication_isBoth() {
    application.setHeader("Cache-Control", "public, max-age=60");

    headers.forbidStoring();

    assertRow(BOTH, "private, no-store, max-age=60", "private, no-store, max-age=60");
  }

  @Test
  void forbidStoring_threadBypassesWrapper_isCorrectedAtNextRead() {
    headers.forbidStoring();
    headers.bypassed();
    container.setHeader("Cache-Control", "private");

    headers.keepPrivate();

    assertRow(BOTH, "private, no-store", "private, no-store");
  }

  @Test
  void forbidStoring_committed_changesNothing() {
    container.setCommitted(true);
    headers.forbidStoring();
    container.setCommitted(false);

    headers.keepPrivate();

    assertRow(LIBRARY, "private", null);
  }

  @Test
  void forbidStoring_headersForSharedCaches_areTurnedOff() {
    application.setHeader("CDN-Cache-Control", "max-age=60");

    headers.forbidStoring();

    assertThat(container.getHeader("CDN-Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void owner_threadBypassesWrapper_isBothAndCorrectedAtNextRead() {
    headers.keepPrivate();
    headers.bypassed();

    container.setHeader("Cache-Control", "public, max-age=60");
    assertRow(BOTH, "public, max-age=60", "public, max-age=60");

    headers.keepPrivate();
    assertRow(BOTH, "private, max-age=60", "private, max-age=60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "max-age=60"})
  void owner_containerDropsHeadersBeforeErrorPage_isLibrary(String value) {
    headers.keepPrivate();
    application.setHeader("Cache-Control", value);
    container.reset();

    headers.moveTo(container);

    assertRow(LIBRARY, "private", null);
  }

  @Test
  void owner_committed_isAsBefore() {
    application.setHeader("Cache-Control", "max-age=60");
    container.setCommitted(true);

    headers.keepPrivate();

    assertRow(APPLICATION, "max-age=60", "max-age=60");
  }
}
