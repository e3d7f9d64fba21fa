package io.github.kameleoonservlet.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiJsonTest {

  @Test
  void value_anyValueOfVariation_isJson() {
    assertThat(ApiJson.value(Map.of("list", Arrays.asList("a", 1, true, false, null))).toString())
        .isEqualTo("{\"list\":[\"a\",1,true,false,null]}");
  }

  /** Johnzon prints a whole number beyond long only when it has a fraction digit. */
  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775808, 9223372036854775808.0",
    "-9223372036854775809, -9223372036854775809.0"
  })
  void number_beyondLong_hasFractionDigit(String number, String json) {
    assertThat(ApiJson.value(new BigInteger(number)).toString()).isEqualTo(json);
  }

  @Test
  void number_withFraction_isExact() {
    assertThat(ApiJson.value(new BigDecimal("9223372036854775808.25")).toString())
        .isEqualTo("9223372036854775808.25");
    assertThat(ApiJson.value(12.5).toString()).isEqualTo("12.5");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void number_unknownToJson_isNull(double number) {
    assertThat(ApiJson.value(number).toString()).isEqualTo("null");
  }
}
