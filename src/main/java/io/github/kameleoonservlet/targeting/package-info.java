/**
 * The data of a request for decisions: page, browser, cookies, place, custom data. Pure: depends on
 * {@code java.*} and JSpecify only, and on neither servlets nor the vendor's SDK.
 *
 * <p>Internal.
 */
@NullMarked
package io.github.kameleoonservlet.targeting;

import org.jspecify.annotations.NullMarked;
