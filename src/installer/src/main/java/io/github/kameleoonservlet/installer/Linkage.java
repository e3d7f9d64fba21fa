package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the classes and members that some classes use exist, as the JVM resolves them (JVMS
 * 5.4.3). Access rights and static or not are no part of the check.
 */
final class Linkage {

  private final Map<String, ClassFile> classes;
  private final Map<Reference, Boolean> resolved = new HashMap<>();

  /**
   * @param classes all classes of the application by name, without those of the JDK
   */
  Linkage(Map<String, ClassFile> classes) {
    this.classes = classes;
  }

  /**
   * Returns what the classes use of the given owners and what does not exist.
   *
   * @param owners the names of the classes whose uses are checked
   */
  List<Reference> missing(Collection<ClassFile> users, Set<String> owners) {
    return users.stream()
        .flatMap(user -> user.references().stream())
        .filter(use -> owners.contains(use.owner()))
        .distinct()
        .filter(use -> !resolves(use))
        .sorted(Reference.ORDER)
        .toList();
  }

  boolean resolves(Reference use) {
    return resolved.computeIfAbsent(use, this::resolve);
  }

  private boolean resolve(Reference use) {
    if (!classes.containsKey(use.owner())) {
      return false;
    }
    return !use.isOfMember() || hasMember(use.owner(), use.member(), new HashSet<>());
  }

  private boolean hasMember(String type, String member, Set<String> seen) {
    if (!seen.add(type)) {
      return false;
    }
    ClassFile found = classes.get(type);
    if (found == null) {
      return jdkHasMember(type, member);
    }
    // Every interface inherits the methods of Object.
    return found.members().contains(member)
        || found.supertypes().stream().anyMatch(parent -> hasMember(parent, member, seen))
        || jdkHasMember("java/lang/Object", member);
  }

  /** Returns true also for a class that cannot be loaded: an optional library of the jar. */
  private static boolean jdkHasMember(String type, String member) {
    try {
      Class<?> loaded =
          Class.forName(type.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
      return Stream.<Class<?>>iterate(loaded, parent -> parent != null, Class::getSuperclass)
          .flatMap(Linkage::members)
          .anyMatch(member::equals);
    } catch (ClassNotFoundException | LinkageError e) {
      return true;
    }
  }

  private static Stream<String> members(Class<?> type) {
    return Stream.of(
            Arrays.stream(type.getDeclaredMethods()).map(Linkage::member),
            Arrays.stream(type.getMethods()).map(Linkage::member),
            Arrays.stream(type.getDeclaredConstructors()).map(Linkage::member),
            Arrays.stream(type.getDeclaredFields()).map(Linkage::member))
        .flatMap(members -> members);
  }

  private static String member(Executable executable) {
    Class<?> result = executable instanceof Method method ? method.getReturnType() : void.class;
    String name = executable instanceof Constructor ? "<init>" : executable.getName();
    return name
        + MethodType.methodType(result, executable.getParameterTypes()).toMethodDescriptorString();
  }

  private static String member(Field field) {
    return field.getName() + field.getType().descriptorString();
  }
}
