package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDirectivesTest {

  @ParameterizedTest
  @CsvSource({
    "'', private",
    "public, private",
    "'public, max-age=60', 'private, max-age=60'",
    "'max-age=60,S-MaxAge=600 , proxy-revalidate', 'private, max-age=60'",
    "no-store, 'private, no-store'",
    "'public max-age=60, no-cache', 'private, no-cache'",
    "'public; max-age=60, s-maxage 600, public\"', private",
    "'private, no-cache', 'private, no-cache'",
    "'no-cache=\"set-cookie, public\", public', 'private, no-cache=\"set-cookie, public\"'",
    "'private=\"x-a\", max-age=1', 'private, max-age=1'",
    "'public, max-age=60, a=\"b', 'private, max-age=60, a=\"b'",
    "'a=\"b\\\"c, public\", public', 'private, a=\"b\\\"c, public\"'"
  })
  void toPrivate_anyDirectives_putsPrivateFirstAndRemovesSharing(String value, String expected) {
    assertThat(CacheDirectives.toPrivate(List.of(value))).isEqualTo(expected);
  }

  @Test
  void toPrivate_noHeader_isPrivate() {
    assertThat(CacheDirectives.toPrivate(List.of())).isEqualTo("private");
  }
}
