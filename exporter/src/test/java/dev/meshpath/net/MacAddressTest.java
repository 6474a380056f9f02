package dev.meshpath.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
  /** The bytes fe dc ba 98 76 54 00 00 as a little-endian number. */
  private static final long SLOT = 0x0000_5476_98ba_dcfeL;

  @Test
  void readsSlotFromItsFirstOctetOn() {
    assertThat(MacAddress.fromSlot(SLOT)).isEqualTo(0xfedc_ba98_7654L);
  }

  @Test
  void writesSlotFromItsFirstOctetOn() {
    assertThat(MacAddress.toSlot(0xfedc_ba98_7654L)).isEqualTo(SLOT);
  }

  @Test
  void ignoresPaddingOfSlot() {
    assertThat(MacAddress.fromSlot(SLOT | 0xffff_0000_0000_0000L)).isEqualTo(0xfedc_ba98_7654L);
  }

  @Test
  void printsLowerCaseWithColons() {
    assertThat(MacAddress.toString(0xfedc_ba98_7654L)).isEqualTo("fe:dc:ba:98:76:54");
  }

  @Test
  void printsLeadingZeros() {
    assertThat(MacAddress.toString(0x0200_0000_0100L)).isEqualTo("02:00:00:00:01:00");
  }

  @Test
  void printsNoneAsZeros() {
    assertThat(MacAddress.toString(MacAddress.NONE)).isEqualTo("00:00:00:00:00:00");
  }

  @Test
  void parsesBothCases() {
    assertThat(MacAddress.parse("fE:dc:BA:98:76:54")).isEqualTo(0xfedc_ba98_7654L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02:00:00:00:01",
        "02:00:00:00:01:00:00",
        "02-00-00-00-01-00",
        "2:0:0:0:1:0",
        "02:00:00:00:01:0g",
        " 02:00:00:00:01:00"
      })
  void rejectsWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is no MAC address as 02:00:00:00:01:00");
  }
}
