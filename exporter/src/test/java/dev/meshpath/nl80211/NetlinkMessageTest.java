package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
  @Test
  void readsMessagesOneBehindTheOther() {
    byte[] first = NetlinkBytes.message(28, 2, 7, new byte[] {1, 2, 3, 4, 5});
    byte[] second = NetlinkBytes.message(3, 0x12, 8, new byte[0]);
    List<NetlinkMessage> messages = parse(NetlinkBytes.concatenation(first, second));
    assertThat(messages).hasSize(2);
    assertThat(messages.getFirst().type()).isEqualTo(28);
    assertThat(messages.getFirst().sequence()).isEqualTo(7);
    assertThat(messages.getFirst().payload().limit()).isEqualTo(5);
    assertThat(messages.getFirst().payload().get(4)).isEqualTo((byte) 5);
    assertThat(messages.get(1).flags()).isEqualTo(0x12);
    assertThat(messages.get(1).payload().limit()).isZero();
  }

  @Test
  void emptyDatagramHasNone() {
    assertThat(parse(new byte[0])).isEmpty();
  }

  @Test
  void rejectsHeaderThatIsCut() {
    assertThatThrownBy(() -> parse(new byte[15]))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("nl80211 answered with a malformed message: 15 bytes are no message header.");
  }

  @Test
  void rejectsLengthBehindTheEnd() {
    byte[] bytes = NetlinkBytes.message(28, 0, 7, new byte[4]);
    FakeKernel.buffer(bytes).putInt(0, 24);
    assertThatThrownBy(() -> parse(bytes))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("a length of 24 where there are 20");
  }

  @Test
  void rejectsLengthThatWouldNeverEnd() {
    byte[] bytes = NetlinkBytes.message(28, 0, 7, new byte[4]);
    FakeKernel.buffer(bytes).putInt(0, 0);
    assertThatThrownBy(() -> parse(bytes)).isInstanceOf(MalformedMessageException.class);
    FakeKernel.buffer(bytes).putInt(0, -1);
    assertThatThrownBy(() -> parse(bytes))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("4294967295");
  }

  private static List<NetlinkMessage> parse(byte[] bytes) {
    return NetlinkMessage.parse(FakeKernel.buffer(bytes));
  }
}
