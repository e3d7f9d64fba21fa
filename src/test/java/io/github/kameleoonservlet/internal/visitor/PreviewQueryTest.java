package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewQueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                 |",
        "''                               |",
        "a=b                              |",
        "kameleoonPreview                 |",
        "xkameleoonPreview=1              |",
        "a=kameleoonPreview=1             |",
        "kameleoonPreview=                | ''",
        "kameleoonPreview=1               | 1",
        "a=b&kameleoonPreview=1&c         | 1",
        "kameleoonPreview=1&kameleoonPreview=2 | 1",
        "xkameleoonPreview=1&kameleoonPreview=2 | 2"
      })
  void parameter_ofQuery_isFirstValue(String query, String value) {
    assertThat(PreviewQuery.parameter(query)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a/                          | http://a/",
        "http://a/?                         | http://a/?",
        "http://a/?b=c#d                    | http://a/?b=c#d",
        "http://a/#kameleoonPreview=1       | http://a/#kameleoonPreview=1",
        "http://a/#b?kameleoonPreview=1     | http://a/#b",
        "http://a/?kameleoonPreview=1       | http://a/",
        "http://a/?kameleoonPreview=1#d     | http://a/#d",
        "http://a/?b&kameleoonPreview=1&c#d | http://a/?b&c#d",
        "?kameleoonPreview=1                | ''"
      })
  void url_withParameter_losesIt(String url, String expected) {
    assertThat(PreviewQuery.withoutIn(url)).isEqualTo(expected);
  }
}
