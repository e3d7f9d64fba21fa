/** Detects mistakes of the deployment from the outcomes of many requests, and logs each once. */
@NullMarked
package io.github.kameleoonservlet.internal.monitor;

import org.jspecify.annotations.NullMarked;
