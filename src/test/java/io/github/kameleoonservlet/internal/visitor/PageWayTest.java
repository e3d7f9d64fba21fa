package io.github.kameleoonservlet.internal.visitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.internal.http.RequestKind;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the way of a page's request through the classes: each class uses only classes that come
 * after it, and the number of calls between the classes is limited.
 */
class PageWayTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.kameleoonservlet");

  private static final List<Class<?>> WAY =
      List.of(
          KameleoonVisitorFilter.class,
          VisitorRequest.class,
          RequestVisitor.class,
          LazyVariations.class,
          AsyncEnd.class,
          RequestScope.class,
          UserChange.class,
          RequestIdentity.class,
          ClaimsReader.class,
          VisitorResolver.class,
          Reconciler.class,
          UserLinks.class,
          VisitorAnswer.class,
          PageVisit.class,
          RequestDecisions.class,
          PageFacts.class,
          ConsentReader.class,
          VisitorCookieWriter.class,
          VisitorHeaders.class,
          IncomingRequest.class,
          RequestKind.class,
          RequestCookies.class);

  /** The limit that RATIONALE.md names. */
  private static final int MOST_CALLS = 30;

  static IntStream places() {
    return IntStream.range(1, WAY.size());
  }

  @ParameterizedTest
  @MethodSource("places")
  void classOfTheWay_anyPlace_usesNoClassBeforeIt(int place) {
    noClasses()
        .that()
        .belongToAnyOf(WAY.get(place))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(WAY.subList(0, place).toArray(Class<?>[]::new))
        .check(CLASSES);
  }

  @Test
  void pageOfSignedInUser_oneVariation_takesLimitedCalls() throws Exception {
    Runnable page =
        (Runnable)
            new TracedLibrary()
                .loadClass(SignedInPage.class.getName())
                .getConstructor()
                .newInstance();

    List<String> calls = CallTrace.of(page);

    assertThat(calls).hasSizeBetween(1, MOST_CALLS);
  }
}
