package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.nl80211.AttributeType.Top;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final int FAMILY = FakeKernel.FAMILY;
  private static final int SEQUENCE = FakeKernel.SEQUENCE;

  private final Answer answer = FakeKernel.answerTo(Request.dump(Nl80211Command.GET_STATION, 7));

  @Test
  void dumpEndsWithItsLastMessage() {
    take(entry(1));
    assertThat(answer.isComplete()).isFalse();
    take(NetlinkBytes.concatenation(entry(2), end(NetlinkMessage.DONE, 0)));
    assertThat(answer.isComplete()).isTrue();
    assertThat(answer.entries())
        .extracting(entry -> entry.u32(Top.IFINDEX))
        .containsExactly(1L, 2L);
  }

  @Test
  void singleAnswerEndsWithItsAcknowledgement() {
    take(entry(1));
    take(end(NetlinkMessage.ERROR, 0));
    assertThat(answer.isComplete()).isTrue();
  }

  @Test
  void refusalNamesTheCommandAndTheReason() {
    assertThatThrownBy(() -> take(end(NetlinkMessage.ERROR, -19)))
        .hasMessage("NL80211_CMD_GET_STATION of interface 7 failed: Errno 19.")
        .asInstanceOf(InstanceOfAssertFactories.type(NetlinkException.class))
        .extracting(NetlinkException::errno)
        .isEqualTo(NetlinkException.NO_DEVICE);
  }

  @Test
  void dumpThatFailsOnItsWayIsRefusal() {
    take(entry(1));
    assertThatThrownBy(() -> take(end(NetlinkMessage.DONE, -67)))
        .isInstanceOf(NetlinkException.class)
        .hasMessage("NL80211_CMD_GET_STATION of interface 7 failed: Errno 67.");
  }

  @Test
  void endWithoutNumberIsAnEnd() {
    take(NetlinkBytes.message(NetlinkMessage.DONE, 0, SEQUENCE, new byte[0]));
    assertThat(answer.isComplete()).isTrue();
  }

  @Test
  void errorWithoutNumberIsMalformed() {
    byte[] error = NetlinkBytes.message(NetlinkMessage.ERROR, 0, SEQUENCE, new byte[0]);
    assertThatThrownBy(() -> take(error)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void overrunIsMalformed() {
    assertThatThrownBy(() -> take(end(NetlinkMessage.OVERRUN, 0)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("data was lost");
  }

  @Test
  void messageWithoutGenericHeaderIsMalformed() {
    byte[] message = NetlinkBytes.message(FAMILY, 0, SEQUENCE, new byte[2]);
    assertThatThrownBy(() -> take(message)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void listThatChangedIsMarked() {
    take(FakeKernel.dumped(NetlinkMessage.INTERRUPTED));
    assertThat(answer.isInterrupted()).isTrue();
  }

  @Test
  void answersToFormerRequestsArePassedOver() {
    byte[] late = new NetlinkBytes().u32(Top.IFINDEX, 1).message(FAMILY, 0, SEQUENCE - 1);
    byte[] lateEnd =
        NetlinkBytes.message(NetlinkMessage.DONE, 0, SEQUENCE - 1, NetlinkBytes.number(-5));
    take(NetlinkBytes.concatenation(late, lateEnd));
    assertThat(answer.isComplete()).isFalse();
    assertThat(answer.entries()).isEmpty();
  }

  @Test
  void otherFamiliesAndWhatComesBehindTheEndArePassedOver() {
    byte[] other = new NetlinkBytes().message(FAMILY + 1, 0, SEQUENCE);
    take(NetlinkBytes.concatenation(other, end(NetlinkMessage.DONE, 0), entry(1)));
    assertThat(answer.entries()).isEmpty();
    assertThat(answer.isInterrupted()).isFalse();
  }

  private void take(byte[] datagram) {
    answer.take(FakeKernel.buffer(datagram));
  }

  private static byte[] entry(int ifindex) {
    return new NetlinkBytes().u32(Top.IFINDEX, ifindex).message(FAMILY, 2, SEQUENCE);
  }

  private static byte[] end(int type, int number) {
    return NetlinkBytes.message(type, 0, SEQUENCE, NetlinkBytes.number(number));
  }
}
