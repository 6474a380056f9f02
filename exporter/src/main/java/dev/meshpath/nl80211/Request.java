package dev.meshpath.nl80211;

/**
 * A request of generic netlink.
 *
 * @param name of the command, for messages
 * @param command its number in the family
 * @param flags {@code NLM_F_*} besides those of every request
 * @param ifindex the device that it is about, or 0
 */
record Request(String name, int command, int flags, int ifindex) {
  /** {@code NLM_F_DUMP} of include/uapi/linux/netlink.h. */
  static final int DUMP = 0x300;

  /** Asks for all entries of a list. */
  static Request dump(Nl80211Command command, int ifindex) {
    return new Request(command.kernelName(), command.code(), DUMP, ifindex);
  }

  /** Asks for one thing. */
  static Request get(Nl80211Command command, int ifindex) {
    return new Request(command.kernelName(), command.code(), 0, ifindex);
  }

  /** As {@code NL80211_CMD_GET_STATION of interface 7}. */
  @Override
  public String toString() {
    return ifindex == 0 ? name : name + " of interface " + ifindex;
  }
}
