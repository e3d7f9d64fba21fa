package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests that the javax edition uses only what Servlet 4.0, JSP 2.3, EL 3.0, JPA 2.2 and JSON 1.1
 * have. The compiler checks the sources against newer APIs, and the JVM would find a missing method
 * at its first call only.
 */
class JavaxLinksTest {

  private static final Path TARGET = Path.of("target");
  private static final List<String> APIS =
      List.of("javax.servlet", "javax.el", "javax.persistence", "javax.json");

  private static JavaClasses classes;
  private static List<JavaClass> ours;

  @BeforeAll
  static void importJars() throws IOException {
    List<JarFile> jars = new ArrayList<>();
    try (Stream<Path> apis = Files.list(TARGET.resolve("javax-apis"));
        Stream<Path> editions = Files.list(TARGET)) {
      Stream<Path> edition =
          editions.filter(file -> file.toString().matches(".*kameleoon-servlet-javax-.*\\.jar"));
      for (Path jar : Stream.concat(apis, edition).toList()) {
        jars.add(new JarFile(jar.toFile()));
      }
      classes = new ClassFileImporter().importJars(jars);
    } finally {
      for (JarFile jar : jars) {
        jar.close();
      }
    }
    ours =
        classes.stream()
            .filter(type -> type.getPackageName().startsWith("io.github.kameleoonservlet"))
            .toList();
  }

  @Test
  void types_ofApis_exist() {
    List<Dependency> used =
        ours.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isOfApi(dependency.getTargetClass().getBaseComponentType()))
            .toList();

    assertThat(used).as("what the test looks at").hasSizeGreaterThan(300);
    assertThat(used)
        .filteredOn(dependency -> !isImported(dependency.getTargetClass().getBaseComponentType()))
        .extracting(Dependency::getDescription)
        .isEmpty();
  }

  @Test
  void methodsAndFields_ofApis_exist() {
    List<JavaAccess<?>> used =
        ours.stream()
            .<JavaAccess<?>>flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> isOfApi(access.getTargetOwner()))
            .toList();

    assertThat(used).as("what the test looks at").hasSizeGreaterThan(300);
    assertThat(used)
        .filteredOn(access -> access.getTarget().resolveMember().isEmpty())
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }

  /** The older interfaces have methods that the newer ones lack. */
  @Test
  void abstractMethods_ofApis_areImplemented() {
    List<String> missing =
        ours.stream()
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .flatMap(
                type ->
                    type.getAllMethods().stream()
                        .filter(method -> isOfApi(method.getOwner()))
                        .filter(JavaxLinksTest::isAbstract)
                        .filter(method -> isNowhereImplemented(method, type))
                        .map(method -> type.getName() + " lacks " + method.getFullName()))
            .toList();

    assertThat(missing).isEmpty();
  }

  private static boolean isNowhereImplemented(JavaMethod method, JavaClass type) {
    return type.getAllMethods().stream()
        .filter(other -> !isAbstract(other))
        .noneMatch(
            other ->
                other.getName().equals(method.getName()) && names(other).equals(names(method)));
  }

  private static List<String> names(JavaMethod method) {
    return method.getRawParameterTypes().stream().map(JavaClass::getName).toList();
  }

  private static boolean isAbstract(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.ABSTRACT);
  }

  private static boolean isOfApi(JavaClass type) {
    return APIS.stream().anyMatch(api -> type.getName().startsWith(api + "."));
  }

  private static boolean isImported(JavaClass type) {
    return classes.contain(type.getName());
  }
}
