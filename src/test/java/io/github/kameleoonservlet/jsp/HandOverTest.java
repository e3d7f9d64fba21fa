package io.github.kameleoonservlet.jsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.nashorn.api.tree.Parser;

/**
 * Tests the effect of the script for the end of a page in a browser. The page prints the code
 * `printed`.
 */
class HandOverTest {

  private static final String SAME = "kameleoonVisitorCode=printed";
  private static final String NEWER = "kameleoonVisitorCode=newer";
  private static final String EXPOSURES =
      "window.kameleoonQueue=window.kameleoonQueue||[];"
          + "window.kameleoonQueue.push(['Experiments.assignVariation',7,11]);"
          + "window.kameleoonQueue.push(['Experiments.trigger',7,true]);";
  private static final String CACHED = "navigation.transferSize = 0";
  private static final String REVALIDATED = "navigation.transferSize = 300";
  private static final String REFETCHED = "navigation.type = 'back_forward'";
  private static final String BACK = REFETCHED + "; " + CACHED;

  private static final String FILE = file();

  private WebPage page;

  private static String file() {
    try (InputStream file = HandOver.class.getResourceAsStream("hand-over.js")) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WebPage page(String engineTrackingCode) throws Exception {
    TestVisitor visitor = new TestVisitor();
    visitor.code = "printed";
    visitor.engineTrackingCode = engineTrackingCode;
    page = new WebPage(new TestPage(visitor).show(new TrackingTag()));
    return page;
  }

  // The recipients of the code.

  @ParameterizedTest
  @ValueSource(strings = {"Kameleoon", "kameleoon"})
  void sdk_alreadyLoaded_getsCodeOnceAtEndOfPage(String global) throws Exception {
    page("").cookie(SAME).run("window." + global + " = sdk()").end();
    assertThat(page.received()).containsExactly("code printed");

    page.shown(false);
    assertThat(page.received()).containsExactly("code printed");
  }

  @Test
  void globals_sdkAndEngine_sdkGetsCode() throws Exception {
    page("").cookie(SAME).run("window.Kameleoon = sdk(); window.kameleoon = {}").end();

    assertThat(page.received()).containsExactly("code printed");
  }

  @Test
  void engine_startedBeforeScript_getsCodeAndExposures() throws Exception {
    page(EXPOSURES).cookie(SAME).run("engineStarts()").end().shown(false);

    assertThat(page.received()).containsExactly("code printed", "assign 11", "trigger 7");
  }

  @Test
  void engine_loadedLater_getsCodeFromQueue() throws Exception {
    page(EXPOSURES).cookie(SAME).end().shown(false);
    assertThat(page.received()).isEmpty();

    page.run("engineStarts()");
    assertThat(page.received()).containsExactly("code printed", "assign 11", "trigger 7");
  }

  @Test
  void engine_loadedButNotStarted_getsCodeBeforeExposures() throws Exception {
    page(EXPOSURES).cookie(SAME).run("engineLoads()").end().shown(false);
    assertThat(page.received()).isEmpty();

    page.run("engineStarts()");
    assertThat(page.received()).containsExactly("code printed", "assign 11", "trigger 7");
  }

  @Test
  void queue_withCommandsOfPage_keepsCommands() throws Exception {
    page("")
        .cookie(SAME)
        .run("window.kameleoonQueue = [['Experiments.trigger', 3]]")
        .end()
        .run("engineStarts()");

    assertThat(page.received()).containsExactly("trigger 3", "code printed");
  }

  @Test
  void queue_replayed_passesCodeOnce() throws Exception {
    page(EXPOSURES).cookie(SAME).end().run("var again = window.kameleoonQueue.slice()");
    page.run("engineStarts(); again.forEach(execute)");

    assertThat(page.received()).containsExactly("code printed", "assign 11", "trigger 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "window.Kameleoon = {}; window.kameleoon = {API: {Visitor: {}}}",
        "window.kameleoon = document; window.kameleoonQueue = 'x'",
        "window.kameleoonQueue = {push: function () { throw 'full'; }}",
        "window.performance = undefined",
        "Object.defineProperty(document, 'cookie', {get: function () { throw 'sandbox'; }})"
      })
  void globals_missingOrUnusable_throwNoError(String oddities) throws Exception {
    page("").cookie(SAME).run(oddities);

    assertThatCode(() -> page.end().shown(false).shown(true)).doesNotThrowAnyException();
    assertThat(page.received()).isEmpty();
  }

  @Test
  void script_afterRun_addsNoGlobalExceptQueue() throws Exception {
    page("").cookie(SAME);
    List<String> before = page.globals();
    page.end().shown(false).shown(true);
    List<String> after = new ArrayList<>(page.globals());

    assertThat(after.remove("kameleoonQueue")).isTrue();
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", EXPOSURES})
  void script_anyPage_isEcmaScript5(String exposures) throws Exception {
    assertThat(ecmaScript5Errors(HandOver.script("printed", exposures))).isEmpty();
    assertThat(ecmaScript5Errors(FILE)).isEmpty();
  }

  /** Tests that the check of the script finds all syntax that ECMAScript 5 does not have. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "var f=x=>x;",
        "let a=1;",
        "const a=1;",
        "var s=`a`;",
        "class A{}",
        "f(...b);",
        "var {a}=b;",
        "var a={b};",
        "function f(a=1){}",
        "async function f(){}",
        "for(var x of y){}",
        "a?.b;",
        "var a=b??c;",
        "a||=b;",
        "f(a,);",
        "try{}catch{}",
        "var a=/a/u;",
        "var a=/(?<=a)b/;"
      })
  void ecmaScript5Check_newerSyntax_reportsError(String newer) {
    assertThat(ecmaScript5Errors(FILE.replace("var code,waiting;", "var code,waiting;" + newer)))
        .isNotEmpty();
  }

  /** Returns the syntax errors of a script. ECMAScript 5 is the default of the parser. */
  private static List<String> ecmaScript5Errors(String script) {
    List<String> errors = new ArrayList<>();
    Parser.create("--no-syntax-extensions", "-strict")
        .parse("hand-over.js", script, diagnostic -> errors.add(diagnostic.getMessage()));
    return errors;
  }

  // The code that the web SDK receives.

  @ParameterizedTest
  @CsvSource({
    // A fresh page: the script uses the code that the server has just printed.
    "'',                   kameleoonVisitorCode=newer, code printed",
    "'',                   '',                         code printed",
    // A page that is not fresh, or possibly not fresh: the script uses the code of the cookie.
    BACK + ",              kameleoonVisitorCode=newer, code newer",
    REFETCHED + ",         kameleoonVisitorCode=newer, code newer",
    BACK + ",              '',                         ",
    CACHED + ",            kameleoonVisitorCode=newer, code newer",
    CACHED + ",            '',                         ",
    REVALIDATED + ",       kameleoonVisitorCode=newer, code newer",
    "navigation = null,    kameleoonVisitorCode=newer, code newer",
    "navigation = null,    '',                         ",
    "navigation = {type: 'navigate'}, kameleoonVisitorCode=newer, code newer"
  })
  void cookie_otherThanPrintedCode_isUsedUnlessPageIsFresh(
      String how, String cookie, String expected) throws Exception {
    page("").cookie(cookie).run(how).run("engineStarts()").end();
    assertThat(page.received()).as("nothing is passed on before the page is shown").isEmpty();

    page.shown(false);
    assertThat(page.received()).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, CACHED, REVALIDATED})
  void stalePage_sameVisitor_reportsCodeAndExposures(String how) throws Exception {
    page(EXPOSURES).cookie(SAME).run(how).run("engineStarts()").end().shown(false);

    assertThat(page.received()).containsExactly("code printed", "assign 11", "trigger 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {BACK, CACHED, REVALIDATED})
  void stalePage_otherVisitor_reportsNoExposures(String how) throws Exception {
    page(EXPOSURES).cookie(NEWER).run(how).run("engineStarts()").end().shown(false);

    assertThat(page.received()).containsExactly("code newer");
  }

  @Test
  void persistedPage_otherCookie_passesCodeOfCookie() throws Exception {
    page(EXPOSURES).cookie(SAME).run("engineStarts()").end().shown(false);
    page.cookie(NEWER).shown(true);

    assertThat(page.received())
        .containsExactly("code printed", "assign 11", "trigger 7", "code newer");
  }

  @Test
  void persistedPage_sameVisitor_passesCodeAgainWithoutExposures() throws Exception {
    page(EXPOSURES).cookie(SAME).run("engineStarts()").end().shown(false).shown(true);

    assertThat(page.received())
        .containsExactly("code printed", "assign 11", "trigger 7", "code printed");
  }

  @Test
  void persistedPage_consentWithdrawn_passesNoCode() throws Exception {
    page("").cookie(SAME).run("engineStarts()").end().shown(false);
    page.cookie("other=1").shown(true);

    assertThat(page.received()).containsExactly("code printed");
  }

  @ParameterizedTest
  @CsvSource({NEWER + ", code newer", "other=1, "})
  void queue_executedAfterPageIsRestored_passesCodeOfCookie(String cookie, String expected)
      throws Exception {
    page(EXPOSURES).cookie(SAME).end().shown(false);
    page.cookie(cookie).shown(true).run("engineStarts()");

    assertThat(page.received()).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void consent_withdrawnAndGivenAgain_passesNewCode() throws Exception {
    page("").cookie(SAME).end().shown(false);
    page.cookie("").shown(true).cookie(NEWER).shown(true).run("engineStarts()");

    assertThat(page.received()).containsExactly("code newer");
  }

  // The cookie.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kameleoonVisitorCode=a.B_9:@~+/-                            | a.B_9:@~+/-",
        "a=1; kameleoonVisitorCode=newer; c=\"x\"                    | newer",
        "kameleoonVisitorCode=\"newer\"                              | newer",
        "kameleoonVisitorCode=<b>; kameleoonVisitorCode=newer        | newer",
        "kameleoonVisitorCode=; kameleoonVisitorCode=newer; x=y      | newer",
        "kameleoonVisitorCode=newer; kameleoonVisitorCode=other      | newer",
        "kameleoonVisitorCode=                                       |",
        "kameleoonVisitorCode                                        |",
        "kameleoonVisitorCode=a b                                    |",
        "kameleoonVisitorCode=YWJjZA==                               |",
        "kameleoonVisitorCode=\"newer                                |",
        "kameleoonVisitorCode=pl%61nted                              |",
        "kameleoonVisitorCode=<img src=x>                            |",
        "xkameleoonVisitorCode=newer; kameleoonVisitorCodex=newer    |",
        "a=kameleoonVisitorCode=newer                                |"
      })
  void cookie_unacceptedCharacters_isIgnored(String cookie, String expected) throws Exception {
    page("").cookie(cookie).run(BACK).run("engineStarts()").end().shown(false);

    assertThat(page.received())
        .isEqualTo(expected == null ? List.of() : List.of("code " + expected));
  }

  @Test
  void cookie_withBar_isAccepted() throws Exception {
    page("").cookie("kameleoonVisitorCode=auth0|5f").run(BACK).run("engineStarts()").end();
    page.shown(false);

    assertThat(page.received()).containsExactly("code auth0|5f");
  }

  @Test
  void cookie_longerThanHundredCharacters_isIgnored() throws Exception {
    page("").run(BACK).run("engineStarts()");
    page.cookie("kameleoonVisitorCode=" + "x".repeat(101)).end().shown(false);
    assertThat(page.received()).isEmpty();

    page.cookie("kameleoonVisitorCode=" + "x".repeat(100)).shown(true);
    assertThat(page.received()).containsExactly("code " + "x".repeat(100));
  }

  // A prerendered page.

  private static final String PRERENDERED = "document.prerendering = true";

  @Test
  void prerenderedPage_shown_reportsExposuresOnce() throws Exception {
    page(EXPOSURES).cookie(SAME).run(PRERENDERED).run("engineStarts()").end().shown(false);
    assertThat(page.received()).containsExactly("code printed");

    page.run("activate()").shown(true).run("activate()");
    assertThat(page.received())
        .containsExactly("code printed", "assign 11", "trigger 7", "code printed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"engineStarts(); activate()", "activate(); engineStarts()"})
  void prerenderedPage_engineStartsLater_reportsExposuresOnce(String order) throws Exception {
    page(EXPOSURES).cookie(SAME).run(PRERENDERED).end().shown(false).run(order);

    assertThat(page.received()).containsExactly("code printed", "assign 11", "trigger 7");
  }

  @Test
  void prerenderedPage_shownAfterLogin_passesCodeOfCookieWithoutExposures() throws Exception {
    page(EXPOSURES).cookie(SAME).run(PRERENDERED).run("engineStarts()").end().shown(false);
    page.cookie(NEWER).run("activate()");

    assertThat(page.received()).containsExactly("code printed", "code newer");
  }

  @Test
  void prerenderedPage_neverShown_reportsNothing() throws Exception {
    page(EXPOSURES).cookie(SAME).run(PRERENDERED).end().shown(false).run("engineStarts()");

    assertThat(page.received()).containsExactly("code printed");
  }

  // The engine tracking code.

  @Test
  void engineTrackingCode_withMarkupInLiterals_keepsMeaning() throws Exception {
    page("received.push('</script><SCRIPT><!-- \u2028\u2029');"
            + "received.push(/<script>/.test('<script>')); // the end")
        .cookie(SAME)
        .run("engineStarts()")
        .end();

    assertThat(page.received())
        .containsExactly("code printed", "</script><SCRIPT><!-- \u2028\u2029", "true");
  }

  @Test
  void engineTrackingCode_throws_passesCode() throws Exception {
    page("undefined.x()").cookie(SAME).end().run("engineStarts()");

    assertThat(page.received()).hasSize(2).startsWith("code printed");
  }
}
