package io.github.kameleoonservlet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the packages and their one direction. */
class ArchitectureTest {

  private static final String BASE = "io.github.kameleoonservlet";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  /** A package may use itself, Java, JSpecify, and what its row names. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "identity  |",
        "targeting |",
        "decision  | io.github.kameleoonservlet.identity, io.github.kameleoonservlet.targeting",
        "jdbc      | io.github.kameleoonservlet.identity, org.slf4j.., com.zaxxer.hikari..",
        "jpa       | io.github.kameleoonservlet.jdbc, io.github.kameleoonservlet.identity,"
            + " org.slf4j.., jakarta.persistence.., org.hibernate.., javax.xml.stream..",
        "guard     | io.github.kameleoonservlet.identity, org.slf4j..,"
            + " com.github.benmanes.caffeine..",
        "kameleoon | io.github.kameleoonservlet.identity, io.github.kameleoonservlet.decision,"
            + " io.github.kameleoonservlet.targeting,"
            + " org.slf4j.., com.kameleoon.., org.apache.hc.., org.apache.http..",
        "jsp       | io.github.kameleoonservlet, io.github.kameleoonservlet.decision,"
            + " io.github.kameleoonservlet.identity, jakarta.servlet.jsp.."
      })
  void package_usesOnly(String name, String others) {
    String[] allowed =
        Stream.concat(
                Stream.of(
                    "java..",
                    "javax.sql..",
                    "javax.crypto..",
                    "org.jspecify.annotations..",
                    BASE + "." + name),
                others == null ? Stream.of() : Stream.of(others.split(",")).map(String::trim))
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(BASE + "." + name)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(describe("arrays and primitives", type -> type.getPackageName().isEmpty())))
        .check(CLASSES);
  }

  @Test
  void base_knowsNoAdapterAndOfTheServletApiOneType() {
    noClasses()
        .that()
        .resideInAPackage(BASE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + ".servlet",
            BASE + ".jpa",
            BASE + ".jdbc",
            BASE + ".guard",
            BASE + ".kameleoon",
            BASE + ".jsp",
            BASE + ".targeting")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(BASE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("jakarta..").and(not(simpleName("HttpServletRequest"))))
        .check(CLASSES);
  }

  @Test
  void wiring_aloneSeesTheAdapters() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".servlet")
        .and()
        .doNotHaveSimpleName("Wiring")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + ".jpa", BASE + ".jdbc", BASE + ".guard", BASE + ".kameleoon")
        .check(CLASSES);
  }

  @Test
  void tags_knowOfTheIdentityTheOutcomeOnly() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".jsp")
        .should()
        .dependOnClassesThat(resideInAnyPackage(BASE + ".identity").and(not(simpleName("Outcome"))))
        .check(CLASSES);
  }

  @Test
  void vendorsTypes_areInTheirOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".kameleoon")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.kameleoon..")
        .check(CLASSES);
  }

  @Test
  void hibernate_isKnownToOneClass() {
    assertThat(
            CLASSES.stream()
                .filter(
                    type ->
                        type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(
                                dependency ->
                                    dependency
                                        .getTargetClass()
                                        .getPackageName()
                                        .startsWith("org.hibernate")))
                .map(ArchitectureTest::topLevel)
                .distinct())
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void publicClasses_areFinalOrMadeToBeImplemented() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAssignableTo(Throwable.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void everyPackage_isDescribedAndNullMarked() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      assertThat(packages)
          .isNotEmpty()
          .allSatisfy(
              folder ->
                  assertThat(Files.readString(folder.resolve("package-info.java")))
                      .contains("@NullMarked", "/**"));
    }
  }

  private static String topLevel(JavaClass type) {
    return type.getFullName().replaceAll("\\$.*", "");
  }
}
