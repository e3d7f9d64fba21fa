/** The requests, answers and problem documents of the JSON API. */
@NullMarked
package io.github.kameleoonservlet.internal.api;

import org.jspecify.annotations.NullMarked;
