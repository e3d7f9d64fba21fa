/** The cookie, the cache headers, and the kinds of requests and responses. */
@NullMarked
package io.github.kameleoonservlet.internal.http;

import org.jspecify.annotations.NullMarked;
