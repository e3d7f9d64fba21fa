/**
 * Describes what a request says about itself, for decisions that depend on it: page, browser,
 * cookies, place, custom data. Pure: depends on {@code java.*} and JSpecify only, and knows neither
 * a servlet nor the vendor's SDK.
 *
 * <p>Internal.
 */
@NullMarked
package io.github.kameleoonservlet.targeting;

import org.jspecify.annotations.NullMarked;
