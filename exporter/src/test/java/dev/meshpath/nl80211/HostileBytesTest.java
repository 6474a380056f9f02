package dev.meshpath.nl80211;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are: a value, or the one exception that says so. */
class HostileBytesTest {
  private static final int ROUNDS = 20_000;
  private static final Request REQUEST = new Request("made up", 1, Request.DUMP, 0);

  static Stream<Arguments> dumps() {
    return Stream.of(
        dump(KernelMessages.sendJoinedIface(7, "mesh0"), InterfaceDecoder::decode),
        dump(
            KernelMessages.sendMpath(KernelMessages.FAR, KernelMessages.PEER, 6),
            MeshPathDecoder::decode),
        dump(
            KernelMessages.sendMpp(KernelMessages.FAR, KernelMessages.PEER),
            ProxyPathDecoder::decode),
        dump(
            KernelMessages.sendStation(KernelMessages.PEER, PeerLinkState.ESTAB),
            StationDecoder::decode),
        dump(KernelMessages.getMeshConfig(), MeshConfigDecoder::decode));
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void messageMayEndAtAnyByte(byte[] whole, Consumer<Attributes> decoder) {
    for (int length = 0; length < whole.length; length++) {
      read(Arrays.copyOf(whole, length), decoder);
    }
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void attributesMayEndAtAnyByte(byte[] whole, Consumer<Attributes> decoder) {
    for (int length = NetlinkMessage.HEADER_BYTES; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      FakeKernel.buffer(cut).putInt(0, length);
      read(cut, decoder);
    }
  }

  @ParameterizedTest
  @MethodSource("dumps")
  void anyBytesMayBeOthers(byte[] whole, Consumer<Attributes> decoder) {
    Random random = new Random(11);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] changed = whole.clone();
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      read(changed, decoder);
    }
  }

  @Test
  void noiseIsNoMessage() {
    Random random = new Random(12);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(128)];
      random.nextBytes(noise);
      read(noise, attributes -> {});
    }
  }

  private static Arguments dump(NetlinkBytes entry, Consumer<Attributes> decoder) {
    return Arguments.of(FakeKernel.dumped(0, entry), decoder);
  }

  private static void read(byte[] bytes, Consumer<Attributes> decoder) {
    Answer answer = FakeKernel.answerTo(REQUEST);
    try {
      answer.take(FakeKernel.buffer(bytes));
      answer.entries().forEach(decoder);
    } catch (MalformedMessageException | NetlinkException e) {
      // one of the two declared ones: the bytes may say "refused", too
    }
  }
}
