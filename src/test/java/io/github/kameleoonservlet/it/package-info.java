/**
 * Tests that run in a server: web apps deployed as in production, called by browsers. The library's
 * classes are not on the class path of these tests.
 */
package io.github.kameleoonservlet.it;
