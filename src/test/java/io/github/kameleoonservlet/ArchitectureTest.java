package io.github.kameleoonservlet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests which packages and libraries each room of the library uses: the dependencies have one
 * direction.
 */
class ArchitectureTest {

  private static final String BASE = "io.github.kameleoonservlet";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  /** The packages of the public API; the empty name is the base package. */
  private static final Set<String> PUBLIC = Set.of("", "identity", "decision", "servlet", "jsp");

  /**
   * The rooms and libraries that each room may use besides itself, {@code java.*} and JSpecify. A
   * name without a dot is a room; {@code base} is the base package; every other name is a library.
   */
  private static final Map<String, List<String>> ROOMS =
      table(
          "base               | identity decision jakarta.servlet.http",
          "identity           |",
          "decision           |",
          "jsp                | base decision identity jakarta.servlet.jsp..",
          "servlet            | base decision identity internal.api internal.config internal.decision"
              + " internal.guard internal.http internal.jars internal.jdbc internal.jmx internal.jpa"
              + " internal.kameleoon internal.micrometer internal.monitor internal.outage"
              + " internal.preview internal.reconcile internal.source internal.statistics"
              + " internal.status internal.visitor jakarta.json.. jakarta.servlet.. org.slf4j",
          "internal.api       | base decision identity internal.http internal.targeting"
              + " internal.visitor jakarta.json.. jakarta.servlet.. org.slf4j",
          "internal.status    | base decision identity internal.api internal.config internal.decision"
              + " internal.preview internal.statistics internal.visitor jakarta.json.. jakarta.servlet..",
          "internal.visitor   | base decision identity internal.decision internal.http internal.outage"
              + " internal.preview internal.reconcile internal.source internal.statistics"
              + " internal.targeting jakarta.servlet.. org.slf4j com.github.benmanes.caffeine.cache",
          "internal.config    | base identity internal.decision internal.http internal.outage"
              + " internal.preview internal.source internal.statistics internal.targeting"
              + " jakarta.servlet.. javax.naming javax.sql org.slf4j",
          "internal.source    | base internal.http internal.outage internal.targeting jakarta.servlet.."
              + " org.slf4j",
          "internal.http      | identity internal.outage internal.targeting jakarta.servlet.. org.slf4j",
          "internal.decision  | decision identity internal.targeting",
          "internal.targeting |",
          "internal.outage    |",
          "internal.statistics | decision identity",
          "internal.jmx       | decision identity internal.decision internal.statistics"
              + " javax.management org.slf4j",
          "internal.micrometer | decision identity internal.decision internal.statistics org.slf4j"
              + " io.micrometer..",
          "internal.jars      | org.slf4j",
          "internal.preview   | internal.statistics javax.crypto..",
          "internal.reconcile | identity javax.crypto..",
          "internal.monitor   | identity internal.outage internal.reconcile internal.statistics org.slf4j"
              + " com.github.benmanes.caffeine.cache",
          "internal.guard     | identity internal.outage internal.statistics org.slf4j com.github.benmanes.caffeine.cache",
          "internal.jdbc      | identity internal.outage javax.sql org.slf4j com.zaxxer.hikari..",
          "internal.jpa       | identity internal.jdbc javax.sql org.slf4j jakarta.persistence.."
              + " org.hibernate.. javax.xml.stream..",
          "internal.kameleoon | decision identity internal.decision internal.jars internal.outage"
              + " internal.statistics internal.targeting org.slf4j com.kameleoon.. org.apache.hc.. org.apache.http..");

  /** The packages of the SDK that the vendor does not document. */
  private static final List<String> INSIDE =
      List.of(
          "com.kameleoon.configuration",
          "com.kameleoon.data.manager",
          "com.kameleoon.managers",
          "com.kameleoon.network",
          "com.kameleoon.targeting",
          "com.kameleoon.utils");

  private static Map<String, List<String>> table(String... rows) {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      rooms.put(
          cells[0].strip(),
          Arrays.stream(cells[1].strip().split(" +")).filter(name -> !name.isEmpty()).toList());
    }
    return rooms;
  }

  static Set<String> rooms() {
    return ROOMS.keySet();
  }

  private static String packageOf(String name) {
    return name.equals("base") ? BASE : ROOMS.containsKey(name) ? BASE + "." + name : name;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void room_anyClass_usesOnlyWhatItsRowNames(String room) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify.annotations", packageOf(room)),
                ROOMS.getOrDefault(room, List.of()).stream().map(ArchitectureTest::packageOf))
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(packageOf(room))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(describe("arrays and primitives", type -> type.getPackageName().isEmpty())))
        .check(CLASSES);
  }

  @Test
  void packages_areTheRoomsOfTheTable() {
    assertThat(
            CLASSES.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            ROOMS.keySet().stream().map(ArchitectureTest::packageOf).toList());
  }

  @Test
  void rooms_haveNoCycle() {
    slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void publicTypes_showNoInternalType() {
    assertThat(
            publicTypes()
                .flatMap(ArchitectureTest::shown)
                .filter(shown -> shown.contains(" shows " + BASE + ".internal.")))
        .isEmpty();
  }

  private static Stream<JavaClass> publicTypes() {
    return CLASSES.stream()
        .filter(type -> PUBLIC.stream().anyMatch(name -> isIn(type, name)))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static boolean isIn(JavaClass type, String name) {
    return type.getPackageName().equals(name.isEmpty() ? BASE : BASE + "." + name);
  }

  /**
   * Returns every type in the signature of a public type and of its public and protected members.
   */
  private static Stream<String> shown(JavaClass type) {
    Stream<JavaClass> supertypes =
        Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream());
    Stream<String> ofType = supertypes.map(other -> type.getName() + " shows " + other.getName());
    Stream<String> ofMembers =
        type.getMembers().stream()
            .filter(
                member ->
                    member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
            .flatMap(
                member ->
                    types(member).map(other -> member.getFullName() + " shows " + other.getName()));
    return Stream.concat(ofType, ofMembers);
  }

  private static Stream<JavaClass> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    return Stream.of(
            unit.getReturnType().getAllInvolvedRawTypes().stream(),
            unit.getParameterTypes().stream()
                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()),
            unit.getExceptionTypes().stream())
        .flatMap(involved -> involved);
  }

  @Test
  void adapters_areUsedByWiringAndStoreOpenerOnly() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".servlet")
        .and()
        .doNotHaveSimpleName("Wiring")
        .and()
        .doNotHaveSimpleName("StoreOpener")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packageOf("internal.jpa"),
            packageOf("internal.jdbc"),
            packageOf("internal.guard"),
            packageOf("internal.kameleoon"))
        .check(CLASSES);
  }

  /**
   * Tests which classes of a room use a library: if possible only one, so that a new version of the
   * library needs one check.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "internal.config    | javax.naming           | JndiDataSource",
        "internal.guard     | com.github.benmanes    | VisitorCodeCache",
        "internal.jdbc      | com.zaxxer.hikari      | ConnectionPool SilentEviction",
        "internal.jmx       | javax.management       | Registration",
        "internal.jpa       | org.hibernate          | HibernateReader",
        "internal.jpa       | jakarta.persistence    | LinkedVisitorCode",
        "internal.jpa       | javax.xml.stream       | PersistenceXml",
        "internal.kameleoon | com.kameleoon.logging  | LogBridge",
        "internal.micrometer | io.micrometer         | RegisteredMeters",
        "internal.monitor   | com.github.benmanes    | RestoredUsers",
        "internal.preview   | javax.crypto           | SignedText",
        "internal.reconcile | javax.crypto           | UserKeys",
        "internal.visitor   | com.github.benmanes    | BrowserFactsCache",
      })
  void library_isUsedByFewClassesOfItsRoom(String room, String library, String classes) {
    assertThat(
            CLASSES.stream()
                .filter(type -> type.getPackageName().equals(packageOf(room)))
                .filter(type -> uses(type, library))
                .map(ArchitectureTest::topLevel)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(classes.split(" ")).map(name -> packageOf(room) + "." + name).toList());
  }

  /**
   * Tests which classes use the internals of SDK 4.5.0: packages that the vendor does not document,
   * and private members. Check these classes before raising the SDK's version; all other classes
   * use only the SDK's public calls.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "com.kameleoon.configuration | DataFileAge DataFileDoctor DataFileJson DecisionMemory"
            + " Exposures FeatureDescriptions FeatureExplanation FeatureRules DecisionList"
            + " NamedVariations PlatformTraffic RequestTargeting SdkDecision SdkDecisions"
            + " SdkInternals Segments",
        "com.kameleoon.data.manager  | ConditionTypes Exposures IdleCriteria IdleVisitors"
            + " KnownPages PastVisits PendingCodes RequestTargeting SdkDecisions SdkInternals",
        "com.kameleoon.managers      | Exposures PendingCodes RequestTargeting SdkDecisions"
            + " SdkInternals",
        "com.kameleoon.network       | IdleCriteria NetworkWatch OfflineNetwork OtherSdk SdkClients"
            + " SdkInternals",
        "com.kameleoon.targeting     | Condition ConditionCheck ConditionFields ConditionText"
            + " ConditionTypes CookieNames DataFileJson DecisionData FeatureRules PastVisits"
            + " RequestTargeting SdkInternals Segment SegmentResults Segments VisitorData",
        "com.kameleoon.utils         | FeatureExplanation",
        "java.lang.reflect           | ConditionFields NetworkWatch PendingCodes RequestTargeting"
            + " SdkClients SdkInternals",
        "java.lang.invoke            | OtherSdk SdkClients SdkDecisions VisitorData",
      })
  void sdkInternals_areUsedByNamedClasses(String inside, String classes) {
    library_isUsedByFewClassesOfItsRoom("internal.kameleoon", inside, classes);
  }

  @Test
  void sdkCalls_useDocumentedPackagesOnly() {
    assertThat(
            CLASSES.stream()
                .filter(type -> type.getPackageName().equals(packageOf("internal.kameleoon")))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.startsWith("com.kameleoon"))
                .filter(name -> INSIDE.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "com.kameleoon", "com.kameleoon.data", "com.kameleoon.logging", "com.kameleoon.types");
  }

  private static boolean uses(JavaClass type, String library) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> dependency.getTargetClass().getPackageName().startsWith(library));
  }

  /**
   * The class files do not show the users of three types: Hikari creates SilentEviction by its
   * name, the compiler copies the constant of CacheDirectives into the servlet, and JMX reads
   * VisitorsMXBean by reflection.
   */
  @Test
  void publicType_ofInternalRoom_isUsedByAnotherRoom() {
    Set<String> used =
        CLASSES.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(ArchitectureTest::leavesItsRoom)
            .map(dependency -> topLevel(dependency.getTargetClass()))
            .collect(Collectors.toSet());

    assertThat(
            CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(BASE + ".internal."))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.getEnclosingClass().isEmpty())
                .map(JavaClass::getFullName)
                .filter(name -> !used.contains(name)))
        .containsExactlyInAnyOrder(
            packageOf("internal.http") + ".CacheDirectives",
            packageOf("internal.jdbc") + ".SilentEviction",
            packageOf("internal.jmx") + ".VisitorsMXBean");
  }

  private static boolean leavesItsRoom(Dependency dependency) {
    return !dependency
        .getOriginClass()
        .getPackageName()
        .equals(dependency.getTargetClass().getPackageName());
  }

  @Test
  void base_usesOneTypeOfTheServletApi() {
    noClasses()
        .that()
        .resideInAPackage(BASE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("jakarta..").and(not(simpleName("HttpServletRequest"))))
        .check(CLASSES);
  }

  @Test
  void tags_useOneTypeOfTheIdentity() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".jsp")
        .should()
        .dependOnClassesThat(resideInAnyPackage(BASE + ".identity").and(not(simpleName("Outcome"))))
        .check(CLASSES);
  }

  @Test
  void publicClasses_areFinalUnlessImplementable() {
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
