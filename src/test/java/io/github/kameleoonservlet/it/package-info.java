/**
 * What runs in a server: web apps deployed as they would be in production, read by browsers. None
 * of the library's classes is on the class path here.
 */
package io.github.kameleoonservlet.it;
