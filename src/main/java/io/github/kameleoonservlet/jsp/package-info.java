/**
 * The tags of the library {@code https://kameleoonservlet.github.io/tags}; {@code
 * META-INF/kameleoon.tld} in the jar describes them, so that a page needs its taglib directive
 * only.
 *
 * <p>The tags read the {@link io.github.kameleoonservlet.Visitor} out of the request attribute, and
 * behave without one as if every feature were off. They throw nothing of their own; what the body
 * or the page's writer throws goes on unchanged. Classes are public because servers make them;
 * applications use them through the library only.
 */
@NullMarked
package io.github.kameleoonservlet.jsp;

import org.jspecify.annotations.NullMarked;
