/**
 * Says which visitor code a request has.
 *
 * <p>Pure: no servlet, no database, no SDK, no clock. {@link
 * io.github.kameleoonservlet.identity.Reconciler} holds the whole decision table; {@link
 * io.github.kameleoonservlet.identity.VisitorCodeStore} is the one port, with an implementation in
 * memory for tests and demonstrations. Depends on {@code java.*} and JSpecify only.
 *
 * <p>{@link io.github.kameleoonservlet.identity.VisitorResolver} runs it against the port.
 * Applications use {@link io.github.kameleoonservlet.identity.Outcome} and {@link
 * io.github.kameleoonservlet.identity.Consent}; for a store of their own the port, with {@code
 * UserKey}, {@code VisitorCode}, the two exceptions and, in tests, the one in memory. The rest is
 * internal.
 */
@NullMarked
package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.NullMarked;
