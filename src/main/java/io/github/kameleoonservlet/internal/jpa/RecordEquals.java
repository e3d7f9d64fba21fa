package io.github.kameleoonservlet.internal.jpa;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * The cure for a class loader leak of Java 17 (JDK-8078641). When the JVM links the {@code equals}
 * of a record, a static field of the JDK keeps the record's class. Hibernate 7 uses a record as key
 * of its query cache, so that the field would keep the web application's class loader. Thread-safe.
 */
final class RecordEquals {

  private RecordEquals() {}

  /** Replaces the record's class in the static field by a class of the JDK. */
  static void forgetLastType() {
    try {
      ObjectMethods.bootstrap(
          MethodHandles.lookup(),
          "equals",
          MethodType.methodType(boolean.class, String.class, Object.class),
          String.class,
          "");
    } catch (Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      // This JDK accepts only records here. Such a JDK has no leak.
    }
  }
}
