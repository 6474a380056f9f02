package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.nl80211.AttributeType.Station;
import dev.meshpath.nl80211.AttributeType.Top;
import org.junit.jupiter.api.Test;

class AttributesTest {
  @Test
  void readsNumbersOfEachWidth() {
    Attributes attributes =
        new NetlinkBytes()
            .u8(Station.SIGNAL, -30)
            .u16(Station.LLID, 65535)
            .u32(Station.TX_PACKETS, 0xffffffffL)
            .u64(Station.T_OFFSET, -1)
            .attributes();
    assertThat(attributes.s8(Station.SIGNAL)).isEqualTo(-30);
    assertThat(attributes.u8(Station.SIGNAL)).isEqualTo(226);
    assertThat(attributes.u16(Station.LLID)).isEqualTo(65535);
    assertThat(attributes.u32(Station.TX_PACKETS)).isEqualTo(4294967295L);
    assertThat(attributes.s32(Station.TX_PACKETS)).isEqualTo(-1);
    assertThat(attributes.s64(Station.T_OFFSET)).isEqualTo(-1);
  }

  @Test
  void absentOnesAreEmpty() {
    Attributes attributes = new NetlinkBytes().attributes();
    assertThat(attributes.has(Station.SIGNAL)).isFalse();
    assertThat(attributes.ifPresentS8(Station.SIGNAL)).isEmpty();
    assertThat(attributes.ifPresentU16(Station.LLID)).isEmpty();
    assertThat(attributes.ifPresentU32(Station.TX_PACKETS)).isEmpty();
    assertThat(attributes.ifPresentS64(Station.T_OFFSET)).isEmpty();
  }

  @Test
  void nameEndsAtItsNul() {
    assertThat(new NetlinkBytes().text(Top.IFNAME, "mesh0\0").attributes().name(Top.IFNAME))
        .isEqualTo("mesh0");
    assertThat(new NetlinkBytes().text(Top.IFNAME, "mesh0").attributes().name(Top.IFNAME))
        .isEqualTo("mesh0");
  }

  @Test
  void laterOfTwoCounts() {
    Attributes attributes = new NetlinkBytes().u32(Top.IFINDEX, 1).u32(Top.IFINDEX, 2).attributes();
    assertThat(attributes.u32(Top.IFINDEX)).isEqualTo(2);
  }

  @Test
  void rejectsOtherWidth() {
    Attributes attributes = new NetlinkBytes().u16(Top.IFINDEX, 1).attributes();
    assertThatThrownBy(() -> attributes.u32(Top.IFINDEX))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage(
            "nl80211 answered with a malformed message: NL80211_ATTR_IFINDEX has 2 bytes, not 4.");
  }

  @Test
  void rejectsAbsentOneThatMustBe() {
    Attributes attributes = new NetlinkBytes().attributes();
    assertThatThrownBy(() -> attributes.nest(Top.STA_INFO))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("nl80211 answered with a malformed message: NL80211_ATTR_STA_INFO is missing.");
  }

  @Test
  void rejectsLengthBehindTheEnd() {
    byte[] bytes = new NetlinkBytes().u32(Top.IFINDEX, 1).bytes();
    FakeKernel.buffer(bytes).putShort(0, (short) 9);
    assertThatThrownBy(() -> Attributes.parse(FakeKernel.buffer(bytes)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("an attribute of 9 bytes where there are 8");
  }

  @Test
  void rejectsLengthThatWouldNeverEnd() {
    assertThatThrownBy(() -> Attributes.parse(FakeKernel.buffer(new byte[8])))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("an attribute of 0 bytes");
  }

  @Test
  void rejectsRestThatIsNoHeader() {
    assertThatThrownBy(() -> Attributes.parse(FakeKernel.buffer(new byte[3])))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("3 bytes are no attribute header");
  }
}
