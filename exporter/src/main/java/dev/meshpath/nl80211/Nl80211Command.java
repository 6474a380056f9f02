package dev.meshpath.nl80211;

/** {@code enum nl80211_commands} of include/uapi/linux/nl80211.h, those that only read. */
enum Nl80211Command {
  GET_INTERFACE(5),
  GET_STATION(17),
  GET_MPATH(21),
  GET_MESH_CONFIG(28),
  GET_MPP(107);

  private final int code;

  Nl80211Command(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** As {@code NL80211_CMD_GET_STATION}. */
  String kernelName() {
    return "NL80211_CMD_" + name();
  }
}
