package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The lookup of the server's data sources. Call the methods on the thread that deploys the
 * application, because no other thread finds the application's names on WildFly.
 */
public final class JndiDataSource {

  private JndiDataSource() {}

  /**
   * Returns the data source that the setting {@code dataSource} names.
   *
   * @throws ServletException if the data source does not exist; the message names the setting and
   *     the JNDI name
   */
  public static DataSource named(Parameters parameters, String name) throws ServletException {
    try {
      return lookUp(name);
    } catch (NamingException | ClassCastException e) {
      throw withCause(
          parameters.wrong(
              "dataSource", name, "the JNDI name of a javax.sql.DataSource; " + missing(name, e)),
          e);
    }
  }

  /**
   * Returns the data source of a persistence unit of the application.
   *
   * @param unit the setting {@code persistenceUnit}
   * @param name the data source that the unit names, or null
   * @return null if the unit names none
   * @throws ServletException if there is no such data source
   */
  public static @Nullable DataSource ofUnit(
      Parameters parameters, String unit, @Nullable String name) throws ServletException {
    try {
      return name == null ? null : lookUp(name);
    } catch (NamingException | ClassCastException e) {
      throw withCause(
          parameters.wrong(
              "persistenceUnit", unit, "a unit whose data source exists; " + missing(name, e)),
          e);
    }
  }

  private static ServletException withCause(ServletException wrong, Exception cause) {
    wrong.initCause(cause);
    return wrong;
  }

  @SuppressWarnings("BanJNDI") // The deployer chooses the name, in a deployment descriptor.
  private static DataSource lookUp(String name) throws NamingException {
    return (DataSource) new InitialContext().lookup(path(name));
  }

  private static String path(String name) {
    return name.startsWith("java:") ? name : "java:comp/env/" + name;
  }

  private static String missing(String name, Exception fault) {
    return fault instanceof NamingException
        ? "the server finds no data source under "
            + path(name)
            + " (Tomcat: a <Resource> in context.xml)"
        : "the object under " + path(name) + " is no DataSource";
  }
}
