/**
 * The meters of each filter, if the application or its server has Micrometer. Without Micrometer
 * the JVM loads no class of it.
 */
@NullMarked
package io.github.kameleoonservlet.internal.micrometer;

import org.jspecify.annotations.NullMarked;
