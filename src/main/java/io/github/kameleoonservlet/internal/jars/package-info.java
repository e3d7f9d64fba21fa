/**
 * The check at the start for jars of the application that are older than this library or the SDK
 * needs.
 */
@NullMarked
package io.github.kameleoonservlet.internal.jars;

import org.jspecify.annotations.NullMarked;
