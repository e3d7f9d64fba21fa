/**
 * The MBean of each filter. Without the module {@code java.management}, or if the server refuses
 * the registration, the filter works without an MBean.
 */
@NullMarked
package io.github.kameleoonservlet.internal.jmx;

import org.jspecify.annotations.NullMarked;
