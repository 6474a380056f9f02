package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.NativeFunction.Result;
import dev.meshpath.ffi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A connection to one family of generic netlink, in the network namespace of the thread that opens
 * it. For one thread at a time.
 */
final class GenericNetlinkSocket implements Exchange {
  /** include/uapi/linux/netlink.h:struct sockaddr_nl, and where its {@code nl_pid} is. */
  private static final int ADDRESS_BYTES = 12;

  private static final int ADDRESS_PORT = 4;

  private static final int KERNEL_PORT = 0;

  /** Where struct nlmsghdr has its {@code nlmsg_seq}. */
  private static final int HEADER_SEQUENCE = 8;

  /** include/uapi/linux/genetlink.h:struct genlmsghdr: command, version, two reserved bytes. */
  private static final int GENERIC_HEADER_BYTES = 4;

  private static final int ALIGNMENT = 4;
  private static final long NS_PER_MS = 1_000_000L;

  private final Libnl libnl;
  private final long socket;
  private final int timeoutMs;
  private int family;

  private GenericNetlinkSocket(Libnl libnl, long socket, int timeoutMs) {
    this.libnl = libnl;
    this.socket = socket;
    this.timeoutMs = timeoutMs;
  }

  /**
   * Connects.
   *
   * @param family by its name, as {@code nl80211}
   * @param timeoutMs how long an answer may take, at least 1
   * @throws Failure if the kernel has no such family
   */
  static GenericNetlinkSocket open(Libnl libnl, String family, int timeoutMs) {
    GenericNetlinkSocket opened =
        new GenericNetlinkSocket(
            libnl, libnl.pointer("nl_socket_alloc", libnl.socketAlloc.call()), timeoutMs);
    try {
      opened.connect(family);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public Answer ask(Request request) {
    Answer answer = new Answer(request, family, send(request), libnl.libc()::errorText);
    await(answer, request);
    return answer;
  }

  /** Receives until the answer is complete. */
  void await(Answer answer, Request request) {
    long deadlineNs = System.nanoTime() + timeoutMs * NS_PER_MS;
    while (!answer.isComplete()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw late(request);
      }
      answer.take(receive(request));
    }
  }

  @Override
  public void close() {
    libnl.socketFree.call(socket);
  }

  private void connect(String name) {
    libnl.number("genl_connect", libnl.connect.call(socket));
    libnl.libc().limitReceive(libnl.socketFd.call(socket).asInt(), timeoutMs);
    // libnl then looks at a datagram's size before it reads it: a dump's have up to 32 KiB
    libnl.socketEnablePeek.call(socket);
    try (Arena arena = Arena.ofConfined()) {
      Result resolved = libnl.resolve.call(socket, arena.allocateFrom(name).address());
      if (resolved.asInt() == -Libnl.NOT_FOUND) {
        throw new Failure(
            "this kernel has no "
                + name
                + ", so there is no Wi-Fi to ask for: load the driver of the Wi-Fi card and start"
                + " meshpath again.");
      }
      family = libnl.number("genl_ctrl_resolve", resolved);
    }
  }

  /** Sends, and returns the sequence number. */
  private int send(Request request) {
    long message =
        libnl.pointer("nlmsg_alloc_simple", libnl.messageAlloc.call(family, request.flags()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(GENERIC_HEADER_BYTES);
      header.set(ValueLayout.JAVA_BYTE, 0, (byte) request.command());
      libnl.number(
          "nlmsg_append",
          libnl.messageAppend.call(message, header.address(), GENERIC_HEADER_BYTES, ALIGNMENT));
      if (request.ifindex() != 0) {
        MemorySegment ifindex = arena.allocateFrom(ValueLayout.JAVA_INT, request.ifindex());
        libnl.number(
            "nla_put",
            libnl.attributePut.call(
                message, AttributeType.Top.IFINDEX.code(), Integer.BYTES, ifindex.address()));
      }
      libnl.number("nl_send_auto", libnl.sendAuto.call(socket, message));
      return NativeLibrary.memory(
              libnl.messageHeader.call(message).word(), NetlinkMessage.HEADER_BYTES)
          .get(ValueLayout.JAVA_INT, HEADER_SEQUENCE);
    } finally {
      libnl.messageFree.call(message);
    }
  }

  /** One datagram of the kernel; empty if it came from someone else. */
  private ByteBuffer receive(Request request) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sender = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
      MemorySegment buffer = arena.allocate(ValueLayout.ADDRESS);
      Result received = libnl.receive.call(socket, sender.address(), buffer.address(), 0);
      if (received.asInt() == -Libnl.AGAIN) {
        throw late(request);
      }
      int bytes = libnl.number("nl_recv", received);
      long address = buffer.get(ValueLayout.JAVA_LONG, 0);
      boolean isOfKernel = sender.get(ValueLayout.JAVA_INT, ADDRESS_PORT) == KERNEL_PORT;
      byte[] datagram =
          bytes > 0 && isOfKernel
              ? NativeLibrary.memory(address, bytes).toArray(ValueLayout.JAVA_BYTE)
              : new byte[0];
      libnl.libc().free(address);
      return ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    }
  }

  private Failure late(Request request) {
    return new Failure("the kernel did not answer " + request + " within " + timeoutMs + " ms.");
  }
}
