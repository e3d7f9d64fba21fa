package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The {@code Cache-Control} of one response, and the headers that shared caches prefer to {@code
 * Cache-Control} ({@link SharedCacheHeaders}). Keeps the response out of shared caches.
 *
 * <p>The {@link Owner} is the writer of {@code Cache-Control}, and determines whether the
 * application and the filters before this library's see the header. {@code private + X} is {@code
 * private} with the directives of X that do not allow sharing ({@link CacheDirectives}).
 *
 * <pre>
 * event                                             owner after  browser gets  application sees
 * the application writes X                          APPLICATION  X             X
 * the library makes the response private:
 *   the response has no header                      LIBRARY      private       no header
 *   the response has the header X                   BOTH         private + X   private + X
 * then, through the library's response wrapper,
 *   the application sets X                          BOTH         private + X   private + X
 *   the application adds X to the header Y          BOTH         private + Y,X private + Y,X
 *   the application sets null                       LIBRARY      private       no header
 *   the application calls reset()                   LIBRARY      private       no header
 * an included page writes X, which its container
 *   ignores                                         as before    as before     as before
 * an asynchronous thread writes X to the
 *   container's response: until the next read
 *   of the visitor                                  BOTH         X             X
 *   from then on                                    BOTH         private + X   private + X
 * the container drops all headers, and dispatches
 *   to an error page                                LIBRARY      private       no header
 * the response is committed: nothing changes        as before    as before     as before
 * </pre>
 *
 * <p>Not thread-safe, like every response.
 */
final class CacheHeaders {

  /** The writer of the {@code Cache-Control} of a response. */
  enum Owner {
    /** The application, if the header exists. The library has not made the response private. */
    APPLICATION,
    /** The library alone: the header is {@code private}, and the application does not see it. */
    LIBRARY,
    /** Both: the header begins with {@code private}, and the application sees it. */
    BOTH
  }

  private static final String PRIVATE = CacheDirectives.toPrivate(List.of());
  private static final String NO_STORE = "no-store";

  private HttpServletResponse response;

  /**
   * The owner as far as the text of the header does not show it: {@code BOTH} only if the
   * application has written no more than {@code private}; a longer text always has both writers.
   */
  private Owner noted = Owner.APPLICATION;

  private boolean reading;
  private boolean bypassed;
  private boolean noStore;

  CacheHeaders(HttpServletResponse response) {
    this.response = response;
  }

  /** Continues with another response, which has no headers of this library yet. */
  void moveTo(HttpServletResponse next) {
    response = next;
  }

  /** Returns whether the library has made the response private. */
  boolean isPrivate() {
    return noted != Owner.APPLICATION;
  }

  /**
   * Returns the writer of {@code Cache-Control}. Reads the header, because a container ignores what
   * an included page writes, and a thread can write to the container's response.
   */
  Owner owner() {
    return noted == Owner.LIBRARY && !isOnlyPrivate() ? Owner.BOTH : noted;
  }

  private boolean isOnlyPrivate() {
    if (reading) {
      // A response that is no wrapper can lead back to a wrapper of this library, which calls this
      // method again.
      return false;
    }
    reading = true;
    try {
      return List.of(toPrivate(List.of()))
          .equals(List.copyOf(response.getHeaders(CacheDirectives.HEADER)));
    } finally {
      reading = false;
    }
  }

  /**
   * Makes the response private. If the application can bypass the library's response wrapper, also
   * corrects what the application has written since.
   *
   * @return whether the response is private; false if it was committed before
   */
  boolean makePrivate() {
    if (!response.isCommitted() && (!isPrivate() || (bypassed && allowsSharing()))) {
      noted = Owner.LIBRARY;
      Collection<String> values = HeaderLines.of(response, CacheDirectives.HEADER);
      noteApplications(values);
      write(values);
    }
    return isPrivate();
  }

  /** Keeps the response out of all caches as well, unless it was committed before. */
  void forbidStoring() {
    if (response.isCommitted()) {
      return;
    }
    noStore = true;
    if (isPrivate()) {
      restore();
    } else {
      makePrivate();
    }
  }

  /**
   * Returns the private value for a response that has these values, which also forbids storing if
   * the library does.
   */
  String toPrivate(Collection<String> values) {
    if (!noStore) {
      return CacheDirectives.toPrivate(values);
    }
    List<String> all = new ArrayList<>(List.of(NO_STORE));
    all.addAll(values);
    return CacheDirectives.toPrivate(all);
  }

  /** Writes the headers once more if the response is private: something may have removed them. */
  void restore() {
    if (isPrivate()) {
      Collection<String> values = HeaderLines.of(response, CacheDirectives.HEADER);
      if (values.isEmpty()) {
        noted = Owner.LIBRARY;
      }
      write(values);
    }
  }

  /** Forgets that the response was made private, because the container has ignored the headers. */
  void retract() {
    noted = Owner.APPLICATION;
  }

  /** Returns whether the container has taken the header, if the response is private. */
  boolean hasArrived() {
    return !isPrivate() || HeaderLines.has(response, CacheDirectives.HEADER, PRIVATE);
  }

  /** Notes that the application can now write to the response past the library's wrapper. */
  void bypassed() {
    bypassed = true;
  }

  /** Notes the values that the application has written, if any, to a private response. */
  void noteApplications(Collection<String> values) {
    boolean onlyPrivate = !values.isEmpty() && toPrivate(List.of()).equals(toPrivate(values));
    noted = onlyPrivate ? Owner.BOTH : Owner.LIBRARY;
  }

  private boolean allowsSharing() {
    List<String> values = List.copyOf(response.getHeaders(CacheDirectives.HEADER));
    return !values.equals(List.of(toPrivate(values))) || SharedCacheHeaders.allowIn(response);
  }

  private void write(Collection<String> values) {
    response.setHeader(CacheDirectives.HEADER, toPrivate(values));
    SharedCacheHeaders.turnOff(response);
  }
}
