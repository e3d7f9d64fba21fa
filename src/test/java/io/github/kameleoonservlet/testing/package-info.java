/** Helpers of tests in several rooms, each of which exists once. */
package io.github.kameleoonservlet.testing;
