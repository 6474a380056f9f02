package dev.meshpath.collector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLedgerTest {
  private static final EventLedger LEDGER = new EventLedger(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

  @Test
  void afterNothingItIsItself() {
    assertThat(LEDGER.after(EventLedger.EMPTY)).isEqualTo(LEDGER);
  }

  @Test
  void countersGoOnWhereTheFormerEnded() {
    assertThat(LEDGER.after(new EventLedger(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110)))
        .isEqualTo(new EventLedger(11, 22, 33, 44, 55, 66, 77, 88, 99, 10, 11));
  }
}
