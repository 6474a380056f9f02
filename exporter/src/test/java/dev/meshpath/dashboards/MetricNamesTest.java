package dev.meshpath.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "up | up",
        "sum by (le, end) (rate(a_bucket{b=~\"$c\"}[$__rate_interval])) * 60 | a_bucket",
        "count(sum by (m) (peers{state=\"a}b\"}) == 0) or vector(0) | peers",
        "a / on (x) group_left () b offset 5m > bool 1e-9 | a,b",
        "label_replace(x{y=\"z\"}, \"to\", \"$1\", \"from_name\", \"(.+)\") unless w | w,x",
        "sum(a) by (b) + node:c:rate5m{} | a,node:c:rate5m",
        "histogram_quantile(0.95, c_bucket) > +Inf | Inf,c_bucket",
        "clamp_max(vector(1), 1) | ``"
      })
  void findsNamesAndNothingElse(String expression, String names) {
    assertThat(String.join(",", MetricNames.of(expression))).isEqualTo(names);
  }
}
