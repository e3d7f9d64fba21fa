/**
 * Decisions and events of the vendor's SDK, {@code com.kameleoon:kameleoon-client-java} 4.5.0. Only
 * this package uses types of the SDK. The package calls no method that needs the servlet API, and
 * names no type of {@code javax.json}.
 *
 * <p>Internal: only {@code servlet.Wiring} and tests use the public types.
 */
@NullMarked
package io.github.kameleoonservlet.internal.kameleoon;

import org.jspecify.annotations.NullMarked;
