package dev.meshpath.nl80211;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** An nl80211 of mesh points and stations that a test puts in, byte for byte as the kernel's. */
public final class FakeKernel implements Supplier<Nl80211> {
  static final int FAMILY = 28;
  static final int SEQUENCE = 4711;
  private static final int MULTI = 2;

  /** By the text of the request; the last of several answers stays. */
  private final Map<String, Deque<List<byte[]>>> answers = new HashMap<>();

  private int asked;
  private int open;

  /** Adds nothing but three devices: a mesh point that joined, one that did not, and another. */
  public FakeKernel devices() {
    return dump(
            "NL80211_CMD_GET_INTERFACE",
            KernelMessages.sendJoinedIface(7, "mesh0"),
            KernelMessages.sendIface(8, "mesh1", KernelMessages.MESH_POINT),
            KernelMessages.sendIface(9, "wlan0", 2),
            KernelMessages.sendIfaceWithoutNetdev())
        .meshConfig(7)
        .meshConfig(8)
        .dump("NL80211_CMD_GET_STATION of interface 7")
        .dump("NL80211_CMD_GET_STATION of interface 8");
  }

  /** Gives mesh0 an established peer, a candidate peer, and one that is known by name only. */
  public FakeKernel peers() {
    return dump(
        "NL80211_CMD_GET_STATION of interface 7",
        KernelMessages.sendStation(KernelMessages.FAR, PeerLinkState.LISTEN),
        KernelMessages.sendStation(KernelMessages.PEER, PeerLinkState.ESTAB),
        KernelMessages.sendBareStation(KernelMessages.FAR + 1, PeerLinkState.ESTAB));
  }

  /**
   * Gives mesh0 a path to the peer and one to a station behind it, of which each changed nine
   * times.
   */
  public FakeKernel paths() {
    return dump(
            "NL80211_CMD_GET_MPATH of interface 7",
            KernelMessages.sendMpath(KernelMessages.FAR, KernelMessages.PEER, 4),
            KernelMessages.sendMpath(KernelMessages.PEER, KernelMessages.PEER, 4))
        .dump("NL80211_CMD_GET_MPATH of interface 8");
  }

  /** Refuses a request, as {@code NL80211_CMD_GET_STATION of interface 7}. */
  public FakeKernel refuse(String request, int errno) {
    answers.remove(request);
    return answer(
        request,
        NetlinkBytes.message(NetlinkMessage.ERROR, 0, SEQUENCE, NetlinkBytes.number(-errno)));
  }

  FakeKernel meshConfig(int ifindex) {
    return answer(
        "NL80211_CMD_GET_MESH_CONFIG of interface " + ifindex,
        KernelMessages.getMeshConfig().message(FAMILY, 0, SEQUENCE),
        NetlinkBytes.message(NetlinkMessage.ERROR, 0, SEQUENCE, NetlinkBytes.number(0)));
  }

  /** Answers with these entries, and with nothing else to this request. */
  FakeKernel dump(String request, NetlinkBytes... entries) {
    answers.remove(request);
    return answer(request, dumped(MULTI, entries));
  }

  /** One more answer, datagram by datagram. */
  FakeKernel answer(String request, byte[]... datagrams) {
    answers.computeIfAbsent(request, key -> new ArrayDeque<>()).add(List.of(datagrams));
    return this;
  }

  /** All messages of a dump in one datagram. */
  static byte[] dumped(int flags, NetlinkBytes... entries) {
    byte[][] messages = new byte[entries.length + 1][];
    for (int i = 0; i < entries.length; i++) {
      messages[i] = entries[i].message(FAMILY, flags, SEQUENCE);
    }
    messages[entries.length] =
        NetlinkBytes.message(NetlinkMessage.DONE, flags, SEQUENCE, NetlinkBytes.number(0));
    return NetlinkBytes.concatenation(messages);
  }

  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  static Answer answerTo(Request request) {
    return new Answer(request, FAMILY, SEQUENCE, errno -> "Errno " + errno);
  }

  /** How often it was asked. */
  public int asked() {
    return asked;
  }

  /** How many connections are open. */
  public int open() {
    return open;
  }

  @Override
  public Nl80211 get() {
    open++;
    return new Nl80211(
        new Exchange() {
          @Override
          public Answer ask(Request request) {
            return answer(request);
          }

          @Override
          public void close() {
            open--;
          }
        });
  }

  private Answer answer(Request request) {
    asked++;
    Deque<List<byte[]>> prepared = answers.getOrDefault(request.toString(), new ArrayDeque<>());
    List<byte[]> datagrams = prepared.size() > 1 ? prepared.remove() : prepared.element();
    Answer answer = answerTo(request);
    datagrams.forEach(datagram -> answer.take(buffer(datagram)));
    if (!answer.isComplete()) {
      throw new IllegalStateException(request + " has no end");
    }
    return answer;
  }
}
