/** Applications that others wrote, with and without the filter. */
package io.github.kameleoonservlet.wars;
