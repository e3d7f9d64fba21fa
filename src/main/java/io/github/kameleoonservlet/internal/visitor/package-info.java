/**
 * The visitor of one request: determines the user, resolves the code once, decides features when a
 * page reads them, and wraps the request of the application.
 */
@NullMarked
package io.github.kameleoonservlet.internal.visitor;

import org.jspecify.annotations.NullMarked;
