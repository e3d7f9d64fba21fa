/**
 * The detection of mistakes of the deployment in the outcomes of many requests. The library logs
 * each mistake once.
 */
@NullMarked
package io.github.kameleoonservlet.internal.monitor;

import org.jspecify.annotations.NullMarked;
