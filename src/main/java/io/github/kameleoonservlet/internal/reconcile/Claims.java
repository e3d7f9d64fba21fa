package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a request about its visitor, before the store confirms or refutes it. Immutable.
 *
 * @param caller the sender of the request
 * @param announced the valid code of an API call, or null
 * @param cookies the valid codes of the cookies, in the order sent
 * @param consent whether the visitor allows the library to store anything
 * @param passive true if the browser had no chance to present its code, or if no person looks at
 *     the response: such a request gets no new code, no link and no exposure
 */
public record Claims(
    Caller caller,
    @Nullable VisitorCode announced,
    List<VisitorCode> cookies,
    Consent consent,
    boolean passive) {

  /** Creates claims with a copy of the list. */
  public Claims {
    cookies = List.copyOf(cookies);
  }

  /**
   * Returns the codes that the caller presents: the announced code, then the codes of the cookies.
   */
  public List<VisitorCode> presented() {
    return announced == null
        ? cookies
        : Stream.concat(Stream.of(announced), cookies.stream()).distinct().toList();
  }
}
