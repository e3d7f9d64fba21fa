package io.github.kameleoonservlet.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class ApiAnswerTest {

  @Test
  void answer_jsonUnavailable_isProblemDocument() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();

    ApiAnswer.noJson(response);

    JsonObject problem =
        Json.createReader(new StringReader(response.getContentAsString())).readObject();
    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getContentType()).startsWith("application/problem+json");
    assertThat(problem.getInt("status")).isEqualTo(500);
    assertThat(problem.getString("detail")).contains("JSON provider");
  }
}
