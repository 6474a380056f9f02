package dev.meshpath.frame;

/**
 * The mesh configuration element (IEEE 802.11-2020, 9.4.2.97): stations peer only where the first
 * five agree.
 *
 * @param pathProtocol 1: HWMP
 * @param pathMetric 1: airtime
 * @param congestionControl 0: none
 * @param synchronization 1: neighbour offset
 * @param authentication 0: none, 1: SAE, 2: IEEE 802.1X
 * @param formationInfo bit 0: connected to a gate; bits 1 to 6: number of peerings; bit 7:
 *     connected to an authentication server
 * @param capability bit 0: accepts peerings; bit 3: forwards
 */
public record MeshConfiguration(
    int pathProtocol,
    int pathMetric,
    int congestionControl,
    int synchronization,
    int authentication,
    int formationInfo,
    int capability) {
  static final int ID = 113;
  static final int BYTES = 7;

  static MeshConfiguration read(ElementBytes element) {
    Cursor in = element.cursor(BYTES);
    return new MeshConfiguration(in.u8(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8());
  }
}
