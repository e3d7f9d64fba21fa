/**
 * Decides with the vendor's SDK, {@code com.kameleoon:kameleoon-client-java} 4.5.0: the one place
 * that knows it. Calls nothing of it that needs the servlet API, and names no type of {@code
 * javax.json}.
 *
 * <p>Internal: public is only what {@code servlet.Wiring} and tests call. Depends on {@code
 * decision}, {@code identity}, {@code targeting}, the SDK with its HTTP client, and slf4j.
 */
@NullMarked
package io.github.kameleoonservlet.internal.kameleoon;

import org.jspecify.annotations.NullMarked;
