/**
 * Decisions and events of the vendor's SDK, {@code com.kameleoon:kameleoon-client-java} 4.5.0. Only
 * this package uses types of the SDK. The package calls no method that needs the servlet API, and
 * names no type of {@code javax.json}.
 *
 * <p>Internal: only {@code servlet.Wiring} and tests use the public types. Depends on {@code
 * decision}, {@code identity}, {@code targeting}, the SDK with its HTTP client, and slf4j.
 */
@NullMarked
package io.github.kameleoonservlet.internal.kameleoon;

import org.jspecify.annotations.NullMarked;
