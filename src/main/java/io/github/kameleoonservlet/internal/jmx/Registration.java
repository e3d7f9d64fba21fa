package io.github.kameleoonservlet.internal.jmx;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** An MBean in the JVM's server of MBeans. */
final class Registration {

  /** More applications of one context path than a JVM has. */
  private static final int MOST = 100;

  private final MBeanServer server;
  private final ObjectName name;

  private Registration(MBeanServer server, ObjectName name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Registers an MBean. If another application has the same context path, as in a parallel
   * deployment or in another virtual host, the name gets a number.
   */
  static Registration of(String context, String filter, VisitorsMXBean bean) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (int number = 1; number < MOST; number++) {
      ObjectName name = name(number == 1 ? context : context + "#" + number, filter);
      try {
        server.registerMBean(bean, name);
        return new Registration(server, name);
      } catch (InstanceAlreadyExistsException e) {
        // The next number may be free.
      }
    }
    throw new InstanceAlreadyExistsException(context);
  }

  private static ObjectName name(String context, String filter) throws JMException {
    return new ObjectName(
        "io.github.kameleoonservlet:type=Visitors,context=%s,filter=%s"
            .formatted(ObjectName.quote(context), ObjectName.quote(filter)));
  }

  void end() throws JMException {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // The server has removed the MBean already.
    }
  }
}
