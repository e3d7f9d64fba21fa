/**
 * The data of a request that the conditions of a segment compare: page, browser, device, cookies,
 * geolocation, custom data.
 */
@NullMarked
package io.github.kameleoonservlet.internal.targeting;

import org.jspecify.annotations.NullMarked;
