package io.github.kameleoonservlet.internal.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reader of paths {@code attribute.property.property}. A property is an entry of a map, a
 * getter of a bean, or an accessor of a record. Thread-safe.
 */
final class PropertyPath {

  private PropertyPath() {}

  /**
   * Returns the value of a path. The name of an attribute may contain dots, and the longest
   * existing name has precedence.
   *
   * @return the value; null if the attribute or a property of the path is null
   * @throws UnreadableUserException if a property does not exist or throws
   */
  static @Nullable Object read(Function<String, @Nullable Object> attributes, String path) {
    int end = path.length();
    while (end > 0) {
      Object attribute = attributes.apply(path.substring(0, end));
      if (attribute != null) {
        return walk(attribute, path.substring(end));
      }
      end = path.lastIndexOf('.', end - 1);
    }
    return null;
  }

  private static @Nullable Object walk(Object attribute, String properties) {
    Object value = attribute;
    int start = 0;
    while (value != null && start < properties.length()) {
      int dot = properties.indexOf('.', start);
      int end = dot < 0 ? properties.length() : dot;
      value = end == start ? value : property(value, properties.substring(start, end));
      start = end + 1;
    }
    return value;
  }

  private static @Nullable Object property(Object bean, String name) {
    if (bean instanceof Map<?, ?> map) {
      return map.get(name);
    }
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (String accessor : new String[] {"get" + capital, "is" + capital, name}) {
      Method method = accessor(bean.getClass(), accessor);
      if (method != null) {
        return invoke(bean, method);
      }
    }
    throw new UnreadableUserException(
        bean.getClass().getName() + " has no public property " + name);
  }

  private static @Nullable Method accessor(Class<?> type, String name) {
    try {
      Method method = type.getMethod(name);
      // A public method of a class that is not public must be made accessible.
      return method.getReturnType() != void.class && method.trySetAccessible() ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static @Nullable Object invoke(Object bean, Method method) {
    try {
      return method.invoke(bean);
    } catch (IllegalAccessException | InvocationTargetException e) {
      ApplicationFault.survive(e.getCause());
      throw new UnreadableUserException(
          bean.getClass().getName() + "." + method.getName() + "() failed", e);
    }
  }
}
