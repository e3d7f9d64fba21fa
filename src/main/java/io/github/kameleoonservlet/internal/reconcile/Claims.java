package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds all that a request claims about its visitor, before anything is believed.
 *
 * @param caller who sends it
 * @param announced the valid code in an API call's body, or null
 * @param cookies the valid codes of the cookies, in the order sent
 * @param consent whether anything may be remembered
 * @param passive true when the browser had no chance to present its code, or no person looks at the
 *     answer: such a request gets no new code, no link and no exposure
 */
public record Claims(
    Caller caller,
    @Nullable VisitorCode announced,
    List<VisitorCode> cookies,
    Consent consent,
    boolean passive) {

  /** Copies the list. */
  public Claims {
    cookies = List.copyOf(cookies);
  }

  /** The codes the caller brings, the body's before the cookies'. */
  public List<VisitorCode> presented() {
    return announced == null
        ? cookies
        : Stream.concat(Stream.of(announced), cookies.stream()).distinct().toList();
  }
}
