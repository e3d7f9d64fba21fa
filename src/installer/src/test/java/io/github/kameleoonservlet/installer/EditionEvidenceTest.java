package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EditionEvidenceTest {

  @TempDir private Path folder;

  static Stream<Arguments> wars() {
    Edition javax = Edition.JAVAX;
    Edition jakarta = Edition.JAKARTA;
    TestWar old = TestWar.empty().with("WEB-INF/web.xml", WebXml.of("2.5", ""));
    return Stream.of(
        Arguments.of("classes", TestWar.empty().withServlet(javax), null, javax),
        Arguments.of(
            "new classes, old web.xml", TestWar.empty().withServlet(jakarta), javax, jakarta),
        Arguments.of("old classes, new web.xml", TestWar.empty().withServlet(javax), jakarta, null),
        Arguments.of("a new web.xml alone", TestWar.empty(), jakarta, jakarta),
        Arguments.of("an old web.xml alone", old, javax, null),
        Arguments.of("one jar", TestWar.empty().withJar("a.jar", jar(javax)), javax, javax),
        Arguments.of(
            "jars of both",
            TestWar.empty().withJar("a.jar", jar(javax)).withJar("b.jar", jar(jakarta)),
            javax,
            null),
        Arguments.of(
            "jars of both, a new web.xml",
            TestWar.empty().withJar("a.jar", jar(javax)).withJar("b.jar", jar(jakarta)),
            jakarta,
            jakarta),
        Arguments.of(
            "a jar that web.xml names beside one of the other",
            TestWar.empty()
                .withJar("a.jar", jar(javax))
                .withJar("b.jar", jar(jakarta))
                .with("WEB-INF/web.xml", WebXml.of("2.5", WebXml.filter("f", "shop.Ofjakarta"))),
            javax,
            jakarta),
        Arguments.of(
            "a jar that only a comment of web.xml names",
            TestWar.empty()
                .withServlet(jakarta)
                .withJar("a.jar", jar(javax))
                .with(
                    "WEB-INF/web.xml",
                    WebXml.of("2.5", "<!-- " + WebXml.filter("f", "shop.Ofjavax") + " -->")),
            javax,
            jakarta),
        Arguments.of(
            "a REST application beside an old jar",
            TestWar.empty()
                .withJar("a.jar", jar(javax))
                .with(
                    "WEB-INF/classes/shop/Rest.class",
                    TestClass.of("shop/Rest", "jakarta/ws/rs/core/Application")),
            null,
            jakarta),
        Arguments.of(
            "the API itself",
            TestWar.empty()
                .withJar(
                    "servlet-api.jar",
                    Map.of(
                        "javax/servlet/Servlet.class",
                        TestClass.of("javax/servlet/Servlet", "java/lang/Object"))),
            null,
            null),
        Arguments.of(
            "a new tag library",
            TestWar.empty()
                .with(
                    "WEB-INF/shop.tld", "<taglib xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"/>"),
            null,
            jakarta));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wars")
  void war_showsItsEdition(
      String name, TestWar war, @Nullable Edition descriptor, @Nullable Edition expected)
      throws IOException, RefusedException {
    try (War opened = War.open(war.packedIn(folder))) {
      assertThat(EditionEvidence.of(opened, descriptor).edition()).isEqualTo(expected);
    }
  }

  private static Map<String, byte[]> jar(Edition edition) {
    return Map.of(
        "shop/Of" + edition + ".class",
        TestClass.of("shop/Of" + edition, edition + "/servlet/http/HttpServlet"));
  }
}
