/** The command that puts the filter and its libraries into a WAR. */
@NullMarked
package io.github.kameleoonservlet.installer;

import org.jspecify.annotations.NullMarked;
