/**
 * The cookie, the cache headers, and the kinds of requests and responses.
 *
 * <p>Knows the servlet API and visitor codes; knows neither users nor decisions.
 */
@NullMarked
package io.github.kameleoonservlet.internal.http;

import org.jspecify.annotations.NullMarked;
