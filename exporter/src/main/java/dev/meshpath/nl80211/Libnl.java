package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.ffi.NativeFunction;
import dev.meshpath.ffi.NativeFunction.Result;
import dev.meshpath.ffi.NativeLibrary;

/**
 * The table of libnl's functions, linked eagerly (netlink/netlink.h, netlink/msg.h, netlink/attr.h,
 * netlink/genl/ctrl.h). Thread-safe as libnl is: calls on one socket by one thread at a time.
 */
final class Libnl {
  /** {@code NLE_AGAIN} of netlink/errno.h: nothing came in time. */
  static final int AGAIN = 4;

  /** {@code NLE_OBJ_NOTFOUND} of netlink/errno.h. */
  static final int NOT_FOUND = 12;

  private static final String REMEDY =
      "install libnl 3 (Debian 12 and later: apt-get install libnl-genl-3-200)";

  // struct nl_sock *f(void)
  final NativeFunction socketAlloc;
  // void f(struct nl_sock *)
  final NativeFunction socketFree;
  // int f(const struct nl_sock *)
  final NativeFunction socketFd;
  // void f(struct nl_sock *)
  final NativeFunction socketEnablePeek;
  // struct nl_msg *f(int type, int flags)
  final NativeFunction messageAlloc;
  // void f(struct nl_msg *)
  final NativeFunction messageFree;
  // int f(struct nl_msg *, void *data, size_t bytes, int alignment)
  final NativeFunction messageAppend;
  // struct nlmsghdr *f(struct nl_msg *)
  final NativeFunction messageHeader;
  // int f(struct nl_msg *, int type, int bytes, const void *data)
  final NativeFunction attributePut;
  // int f(struct nl_sock *, struct nl_msg *)
  final NativeFunction sendAuto;
  // int f(struct nl_sock *, struct sockaddr_nl *, unsigned char **buffer, struct ucred **)
  final NativeFunction receive;
  // const char *f(int error)
  final NativeFunction errorText;

  // int f(struct nl_sock *)
  final NativeFunction connect;
  // int f(struct nl_sock *, const char *family)
  final NativeFunction resolve;

  private final LibC libc;

  /**
   * Loads and links libnl-3 and libnl-genl-3.
   *
   * @throws Failure if they are missing
   */
  Libnl(LibC libc) {
    this.libc = libc;
    NativeLibrary core = NativeLibrary.open("libnl-3.so.200", REMEDY);
    socketAlloc = core.link("nl_socket_alloc");
    socketFree = core.link("nl_socket_free");
    socketFd = core.link("nl_socket_get_fd");
    socketEnablePeek = core.link("nl_socket_enable_msg_peek");
    messageAlloc = core.link("nlmsg_alloc_simple");
    messageFree = core.link("nlmsg_free");
    messageAppend = core.link("nlmsg_append");
    messageHeader = core.link("nlmsg_hdr");
    attributePut = core.link("nla_put");
    sendAuto = core.link("nl_send_auto");
    receive = core.link("nl_recv");
    errorText = core.link("nl_geterror");
    NativeLibrary generic = NativeLibrary.open("libnl-genl-3.so.200", REMEDY);
    connect = generic.link("genl_connect");
    resolve = generic.link("genl_ctrl_resolve");
  }

  /** The C library that this binding works with. */
  LibC libc() {
    return libc;
  }

  /**
   * The pointer that a call returned.
   *
   * @throws Failure if it is NULL: there was no memory
   */
  long pointer(String call, Result result) {
    if (result.word() == 0) {
      throw new Failure(call + "() failed: " + libc.errorText(result.errno()) + ".");
    }
    return result.word();
  }

  /**
   * The number that a call returned.
   *
   * @throws Failure if it is negative: an error code of libnl
   */
  int number(String call, Result result) {
    if (result.asInt() < 0) {
      throw new Failure(
          call + "() failed: " + NativeLibrary.string(errorText.call(result.asInt()).word()) + ".");
    }
    return result.asInt();
  }
}
