package io.github.kameleoonservlet.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.ApiBrowser;
import io.github.kameleoonservlet.servlet.ApiCall;
import io.github.kameleoonservlet.servlet.KameleoonVisitorServlet;
import io.github.kameleoonservlet.servlet.TestShop;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Tests bodies and responses of the API behind filters that have called getReader() or getWriter().
 */
class ApiBodyTest {

  private static final String TITLE = "Grüße, 5 €, \uD83D\uDE00";

  private final TestShop shop = new TestShop();

  // ---- bodies

  @Test
  void body_eightKilobytes_isAccepted() {
    String body = "{\"goalId\":1" + " ".repeat(ApiBody.MAX_BYTES - 12) + "}";
    MockHttpServletRequest request =
        ApiBrowser.withBody(ApiBrowser.call("POST", "/conversion"), "application/json", body);

    assertThat(request.getContentLength()).isEqualTo(ApiBody.MAX_BYTES);
    assertThat(send(request, ServletRequest::getInputStream).getStatus()).isEqualTo(204);
  }

  /** A filter that decodes UTF-8 independent of the request. */
  @ParameterizedTest
  @ValueSource(strings = {"US-ASCII", "no such charset"})
  void body_readerOfFilterHasOtherCharset_isReadAsUtf8(String encoding) {
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            ApiBrowser.call("POST", "/conversion"), "application/json", "{\"goalId\":1,\"aÜb\":2}");
    MockHttpServletResponse response = new MockHttpServletResponse();

    run(
        request,
        response,
        (filtered, answer, chain) ->
            chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) filtered) {
                  private final BufferedReader reader =
                      new BufferedReader(
                          new InputStreamReader(filtered.getInputStream(), StandardCharsets.UTF_8));

                  @Override
                  public ServletInputStream getInputStream() {
                    throw new IllegalStateException("the reader was taken");
                  }

                  @Override
                  public BufferedReader getReader() {
                    return reader;
                  }

                  @Override
                  public String getCharacterEncoding() {
                    return encoding;
                  }
                },
                answer));

    assertThat(problem(response).getString("detail")).startsWith("The field a?b is unknown.");
  }

  @ParameterizedTest
  @EnumSource
  void everyCall_readerTakenBefore_isAnswered(ApiCall call) {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    MockHttpServletRequest request = call.announcing("app");
    request.addHeader("Cookie", "agreed=yes");
    request.setCharacterEncoding("ISO-8859-1");

    assertThat(send(request, ServletRequest::getReader).getStatus()).isIn(200, 204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-8", "windows-1252"})
  void body_readerTakenBefore_isReadAsUtf8(String encoding) {
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            ApiBrowser.call("POST", "/conversion"), "application/json", "{\"goalId\":1,\"aÜb\":2}");
    request.setCharacterEncoding(encoding);

    assertThat(problem(send(request, ServletRequest::getReader)).getString("detail"))
        .startsWith("The field a?b is unknown.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-8"})
  void body_readerTakenBeforeAndInvalidUtf8_isRefused(String encoding) {
    MockHttpServletRequest request = ApiBrowser.call("POST", "/conversion");
    request.setContentType("application/json");
    request.setContent(
        "{\"goalId\":1,\"visitorCode\":\"Ü\"}".getBytes(StandardCharsets.ISO_8859_1));
    request.setCharacterEncoding(encoding);

    assertThat(problem(send(request, ServletRequest::getReader)).getString("title"))
        .isEqualTo("Malformed JSON");
  }

  @Test
  void body_readerTakenBeforeAndOverEightKilobytes_is413() {
    MockHttpServletRequest request =
        new MockHttpServletRequest(
            ApiBrowser.call("POST", "/").getServletContext(), "POST", "/api/conversion") {
          @Override
          public long getContentLengthLong() {
            return -1;
          }
        };
    request.setServletPath("/api");
    request.setPathInfo("/conversion");
    request.setHttpServletMapping(ApiBrowser.call("POST", "/").getHttpServletMapping());
    ApiBrowser.withBody(request, "application/json", "{\"goalId\":1" + " ".repeat(8_192) + "}");
    request.setCharacterEncoding("UTF-8");

    assertThat(send(request, ServletRequest::getReader).getStatus()).isEqualTo(413);
  }

  @Test
  void body_alreadyRead_isProblemThatNamesCause() {
    MockHttpServletRequest request = ApiCall.CONVERSION.announcing("app");
    request.setCharacterEncoding("UTF-8");

    JsonObject problem =
        problem(
            send(
                request,
                before -> {
                  try (BufferedReader reader = before.getReader()) {
                    assertThat(reader.readLine()).contains("goalId");
                  }
                }));

    assertThat(problem.getInt("status")).isEqualTo(400);
    assertThat(problem.getString("detail")).contains("a filter in front of the API has read the");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void body_partlyRead_isProblemThatNamesCause() {
    JsonObject problem =
        problem(
            send(
                ApiCall.CONVERSION.announcing("app"),
                before -> assertThat(before.getInputStream().read()).isEqualTo('{')));

    assertThat(problem.getInt("status")).isEqualTo(400);
    assertThat(problem.getString("detail")).contains("a filter in front of the API has read the");
  }

  @Test
  void form_alreadyRead_isProblem() {
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            ApiBrowser.call("POST", "/conversion"),
            "application/x-www-form-urlencoded",
            "goalId=1");

    assertThat(problem(send(request, before -> before.getParameter("goalId"))).getInt("status"))
        .isEqualTo(415);
  }

  // ---- responses

  @ParameterizedTest
  @EnumSource
  void everyCall_writerTakenBefore_isAnswered(ApiCall call) {
    MockHttpServletResponse response =
        answer(call.announcing("app"), "ISO-8859-1", HttpServletResponse::getWriter);

    assertThat(response.getStatus()).isIn(200, 204, 409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-8", "US-ASCII", "windows-1252", "UTF-16"})
  void response_writerTakenBefore_isReadableInWriterCharset(String charset) {
    shop.decisions.variables = Map.of("title", TITLE);
    MockHttpServletResponse response =
        answer(ApiCall.VARIATIONS.announcing("app"), charset, HttpServletResponse::getWriter);

    String text = new String(response.getContentAsByteArray(), Charset.forName(charset));
    assertThat(title(text)).isEqualTo(TITLE);
    assertThat(response.getHeader("Content-Length"))
        .satisfiesAnyOf(
            length -> assertThat(length).isNull(),
            length -> assertThat(length).isEqualTo("" + response.getContentAsByteArray().length));
  }

  @Test
  void response_charsetSetBefore_isReadableInThatCharset() {
    shop.decisions.variables = Map.of("title", TITLE);
    MockHttpServletResponse response =
        answer(ApiCall.VARIATIONS.announcing("app"), "ISO-8859-1", answer -> {});

    byte[] bytes = response.getContentAsByteArray();
    assertThat(title(new String(bytes, StandardCharsets.ISO_8859_1))).isEqualTo(TITLE);
    assertThat(response.getHeader("Content-Length")).isEqualTo("" + bytes.length);
  }

  @Test
  void problem_writerTakenBefore_isProblemDocument() {
    MockHttpServletResponse response =
        answer(ApiBrowser.call("GET", "/nothing"), "ISO-8859-1", HttpServletResponse::getWriter);

    assertThat(problem(response).getInt("status")).isEqualTo(404);
  }

  // ---- helpers

  private static String title(String answer) {
    return Json.createReader(new StringReader(answer))
        .readObject()
        .getJsonObject("variations")
        .getJsonObject("banner")
        .getJsonObject("variables")
        .getString("title");
  }

  private static JsonObject problem(MockHttpServletResponse response) {
    assertThat(response.getContentType()).startsWith("application/problem+json");
    JsonObject problem =
        Json.createReader(
                new StringReader(
                    new String(response.getContentAsByteArray(), StandardCharsets.UTF_8)))
            .readObject();
    assertThat(problem.getInt("status")).isEqualTo(response.getStatus());
    return problem;
  }

  /** Sends a request through a filter that first uses the request. */
  private MockHttpServletResponse send(MockHttpServletRequest request, Reading before) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    run(
        request,
        response,
        (filtered, answer, chain) -> {
          before.read(filtered);
          chain.doFilter(filtered, answer);
        });
    return response;
  }

  /** Sends a request through a filter that first uses the response. */
  private MockHttpServletResponse answer(
      MockHttpServletRequest request, String charset, Writing before) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    response.setCharacterEncoding(charset);
    HttpServletResponse strict = new EitherOr(response);
    run(
        request,
        strict,
        (filtered, answer, chain) -> {
          before.write((HttpServletResponse) answer);
          chain.doFilter(filtered, answer);
          response.flushBuffer();
        });
    return response;
  }

  private void run(MockHttpServletRequest request, HttpServletResponse response, Filter before) {
    request.setAsyncSupported(true);
    try {
      new MockFilterChain(new KameleoonVisitorServlet(), before, shop.filter())
          .doFilter(request, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface Reading {
    void read(ServletRequest request) throws IOException;
  }

  @FunctionalInterface
  private interface Writing {
    void write(HttpServletResponse response) throws IOException;
  }

  /** Permits either the writer or the stream, as every container does and the mock does not. */
  private static final class EitherOr extends HttpServletResponseWrapper {
    private boolean writer;
    private boolean stream;

    EitherOr(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      if (stream) {
        throw new IllegalStateException("the stream was taken");
      }
      writer = true;
      return super.getWriter();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      if (writer) {
        throw new IllegalStateException("the writer was taken");
      }
      stream = true;
      return super.getOutputStream();
    }
  }
}
