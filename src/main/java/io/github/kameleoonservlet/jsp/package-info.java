/**
 * The JSP tags of the library {@code https://kameleoonservlet.github.io/tags}, which {@code
 * META-INF/kameleoon.tld} in the jar describes. A page needs only the taglib directive.
 *
 * <p>The tags read the {@link io.github.kameleoonservlet.Visitor} from the request attribute.
 * Without a visitor they behave as if every feature were off. The tags throw no exception;
 * exceptions of the body and of the page's writer pass unchanged. The classes are public because
 * containers create them. Applications use the tags in pages, not the classes.
 */
@NullMarked
package io.github.kameleoonservlet.jsp;

import org.jspecify.annotations.NullMarked;
