package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A connection to nl80211: what the kernel knows of the wireless devices of one network namespace.
 * For one thread at a time.
 *
 * <p>Every call throws a {@link NetlinkException} if the kernel refuses (no such device, none of a
 * mesh), a {@link MalformedMessageException} if its answer cannot be read, and a {@link Failure} if
 * it does not come in time. A list that changes while it is dumped is dumped again, a few times.
 */
public final class Nl80211 implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Exchange exchange;

  Nl80211(Exchange exchange) {
    this.exchange = exchange;
  }

  /** All wireless network devices (net/wireless/nl80211.c:nl80211_dump_interface). */
  public List<WirelessInterface> interfaces() {
    return dump(Nl80211Command.GET_INTERFACE, 0, InterfaceDecoder::decode).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The mesh path table of a device (net/wireless/nl80211.c:nl80211_dump_mpath).
   *
   * @param ifindex of a mesh point
   */
  public List<MeshPathInfo> meshPaths(int ifindex) {
    return dump(Nl80211Command.GET_MPATH, ifindex, MeshPathDecoder::decode);
  }

  /**
   * The proxy table of a device (net/wireless/nl80211.c:nl80211_dump_mpp).
   *
   * @param ifindex of a mesh point
   */
  public List<ProxyPathInfo> proxyPaths(int ifindex) {
    return dump(Nl80211Command.GET_MPP, ifindex, ProxyPathDecoder::decode);
  }

  /**
   * The stations that a device knows: on a mesh point, its peers and candidate peers
   * (net/wireless/nl80211.c:nl80211_dump_station).
   *
   * @param ifindex of any wireless device
   */
  public List<StationInfo> stations(int ifindex) {
    return dump(Nl80211Command.GET_STATION, ifindex, StationDecoder::decode);
  }

  /**
   * The mesh parameters of a device, the kernel's defaults before it joins
   * (net/wireless/nl80211.c:nl80211_get_mesh_config).
   *
   * @param ifindex of a mesh point
   */
  public MeshConfig meshConfig(int ifindex) {
    Request request = Request.get(Nl80211Command.GET_MESH_CONFIG, ifindex);
    List<Attributes> entries = exchange.ask(request).entries();
    if (entries.size() != 1) {
      throw new MalformedMessageException(
          entries.size() + " messages where " + request.name() + " has one");
    }
    return MeshConfigDecoder.decode(entries.getFirst());
  }

  /** Closes the socket. */
  @Override
  public void close() {
    exchange.close();
  }

  private <T> List<T> dump(Nl80211Command command, int ifindex, Function<Attributes, T> decoder) {
    Request request = Request.dump(command, ifindex);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Answer answer = exchange.ask(request);
      List<Attributes> entries = answer.entries();
      if (!answer.isInterrupted() && isOfOneGeneration(entries)) {
        return entries.stream().map(decoder).toList();
      }
    }
    throw new Failure(
        request + " gave no consistent list: it changed during " + ATTEMPTS + " dumps.");
  }

  /** The kernel's own rule for a list that is whole: NL80211_ATTR_GENERATION of nl80211.h. */
  private static boolean isOfOneGeneration(List<Attributes> entries) {
    return entries.stream().map(entry -> entry.u32(AttributeType.Top.GENERATION)).distinct().count()
        <= 1;
  }
}
