package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests that a replicated session can serialize the library's objects and read them back. */
class SessionTest {

  private static final String ROOM = "io.github.kameleoonservlet.internal.visitor.";

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final List<Object> read = new ArrayList<>();
  private final List<String> classes = new ArrayList<>();

  @BeforeEach
  void signIn() {
    shop.featureKey = "banner";
    browser.user = "user-1";
    browser.cookies.put("kameleoonVisitorCode", "mine");
  }

  @Test
  void visitor_deserialized_returnsSameValues() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.variation("second").getKey();
              visitor.variation("banner").getKey();
              read.add(throughTheStore(visitor));
            }));
    shop.decisions.calls.clear();
    Visitor visitor = (Visitor) read.get(0);

    assertThat(visitor.getCode()).isEqualTo("mine");
    assertThat(visitor.getUserId()).isEqualTo("user-1");
    assertThat(visitor.isKnown()).isTrue();
    assertThat(visitor.getOutcome()).isEqualTo(Outcome.LINKED);
    assertThat(visitor.variation("banner").getKey()).isEqualTo("on");
    assertThat(visitor.variation("banner").getVariables()).containsEntry("title", "Hello");
    assertThat(visitor.getVariation().getId()).isEqualTo(11);
    assertThat(visitor.getVariations().keySet()).containsExactly("banner", "second");
    assertThat(visitor.getDecided().keySet()).containsExactly("second", "banner");
    assertThat(visitor.getDecided().get("banner").getKey()).isEqualTo("on");
    assertThat(visitor.getVariations().get("other").getReason()).isEqualTo(Reason.UNRESOLVED);
    assertThat(visitor).hasToString("Visitor[LINKED]");
  }

  @Test
  void visitor_serializedIntoResponse_makesResponsePrivate() {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              answer.setContentType("application/octet-stream");
              answer.setHeader("Cache-Control", "public, max-age=600");
              throughTheStore(request.getAttribute("kameleoonVisitor"));
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
  }

  @Test
  void anonymousVisitor_deserialized_isNotKnown() {
    browser.user = null;
    browser.open(Page.reading(visitor -> read.add(throughTheStore(visitor))));

    assertThat(((Visitor) read.get(0)).isKnown()).isFalse();
  }

  @Test
  void visitor_deserialized_changesNothing() {
    browser.open(Page.reading(visitor -> read.add(throughTheStore(visitor))));
    Visitor visitor = (Visitor) read.get(0);
    visitor.trackConversion(1, 2);
    visitor.addCustomData(1, "x");
    visitor.refresh();
    visitor.signOut();

    assertThat(visitor.getEngineTrackingCode()).isEmpty();
    assertThat(visitor.getUserId()).isEqualTo("user-1");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void serialization_anyObject_decidesAndTracksNothing() {
    browser.open(
        (request, response) -> {
          for (String name :
              new String[] {"kameleoonVisitor", "kameleoonVariations", "kameleoonVariation"}) {
            read.add(throughTheStore(request.getAttribute(name)));
          }
        });

    assertThat(((Visitor) read.get(0)).getVariation().getReason()).isEqualTo(Reason.UNRESOLVED);
    assertThat(((Map<?, ?>) read.get(1)).get("banner"))
        .isInstanceOfSatisfying(
            Variation.class, off -> assertThat(off.getReason()).isEqualTo(Reason.UNRESOLVED));
    assertThat(((Variation) read.get(2)).getKey()).isEqualTo("off");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void variation_deserialized_equalsDecision() {
    browser.open(
        (request, response) -> {
          Variation variation = (Variation) request.getAttribute("kameleoonVariation");
          assertThat(variation.getKey()).isEqualTo("on");
          read.add(throughTheStore(variation));
          Map<?, ?> variations = (Map<?, ?>) request.getAttribute("kameleoonVariations");
          read.add(throughTheStore(variations.values().iterator().next()));
          read.add(((Map<?, ?>) throughTheStore(variations)).get("banner"));
        });

    Variation decided =
        Variation.of("banner", "on", 11, 7, Map.of("title", "Hello"), Reason.ASSIGNED);
    assertThat(read).containsExactly(decided, decided, decided);
  }

  @Test
  void variation_decidedForPreviousVisitor_isNotSerialized() {
    shop.renewAfterSignOut = true;
    browser.open(
        (request, response) -> {
          Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
          assertThat(visitor.variation("banner").getKey()).isEqualTo("on");
          visitor.signOut();
          assertThat(visitor.getCode()).isNotEqualTo("mine");
          read.add(throughTheStore(request.getAttribute("kameleoonVariation")));
        });

    assertThat(((Variation) read.get(0)).getReason()).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void requestOnlyCode_serialized_isReplaced() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.open(Page.reading(visitor -> read.add(throughTheStore(visitor))));
    Visitor visitor = (Visitor) read.get(0);

    assertThat(visitor.getOutcome()).isEqualTo(Outcome.WITHHELD);
    assertThat(visitor.getCode()).isNotEqualTo("mine").matches("[a-z0-9]{16}");
  }

  @Test
  void visitorOfUnreadApiCall_serialized_staysUnresolved() {
    browser.send(
        ApiBrowser.call("GET", "/visitorCode"),
        (request, response) -> read.add(throughTheStore(request.getAttribute("kameleoonVisitor"))));

    assertThat(((Visitor) read.get(0)).getOutcome()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(browser.cookies).containsOnlyKeys("kameleoonVisitorCode");
  }

  @Test
  void serializedVisitor_anyRequest_containsNothingOfRequest() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.variation("banner").getKey();
              read.add(throughTheStore(visitor));
            }));

    assertThat(classes)
        .contains(ROOM + "VisitorSnapshot", ROOM + "VariationsSnapshot")
        .allMatch(
            name ->
                name.startsWith("java.")
                    || name.startsWith("io.github.kameleoonservlet.decision.")
                    || name.equals(Outcome.class.getName())
                    || name.endsWith("Snapshot"));
  }

  @Test
  void visitor_deserialized_canBeSerializedAgain() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.variation("banner").getKey();
              read.add(throughTheStore(throughTheStore(visitor)));
            }));

    assertThat(((Visitor) read.get(0)).variation("banner").getKey()).isEqualTo("on");
  }

  /**
   * Serializes an attribute as a cluster does, and deserializes the bytes as another server does.
   */
  private Object throughTheStore(Object attribute) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out =
        new ObjectOutputStream(bytes) {
          @Override
          protected void annotateClass(Class<?> type) {
            if (!type.isArray()) {
              classes.add(type.getName());
            }
          }
        }) {
      out.writeObject(attribute);
      out.flush();
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(Arrays.toString(e.getStackTrace()), e);
    }
  }
}
