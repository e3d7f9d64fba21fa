/** The settings of a filter: reads them, checks them, and creates what they name. */
@NullMarked
package io.github.kameleoonservlet.internal.config;

import org.jspecify.annotations.NullMarked;
