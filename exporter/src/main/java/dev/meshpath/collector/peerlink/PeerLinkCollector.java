package dev.meshpath.collector.peerlink;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.failure.Failure;
import dev.meshpath.nl80211.NetlinkException;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.WirelessInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Watches peer links by asking nl80211 at each scrape: there is no event, no thread and nothing
 * attached. It sees the devices of the exporter's own network namespace.
 */
public final class PeerLinkCollector implements Collector {
  private final Supplier<Nl80211> connector;
  private final Path netDevices;
  private volatile boolean running;

  /**
   * @param connector opens a connection to nl80211, or throws a Failure that says why it cannot
   */
  public PeerLinkCollector(Supplier<Nl80211> connector) {
    this(connector, Path.of("/sys/class/net"));
  }

  /**
   * @param netDevices where sysfs has the network devices
   */
  PeerLinkCollector(Supplier<Nl80211> connector, Path netDevices) {
    this.connector = connector;
    this.netDevices = netDevices;
  }

  @Override
  public String name() {
    return "peer_link";
  }

  @Override
  public Optional<String> obstacle() {
    try {
      connector.get().close();
      return Optional.empty();
    } catch (Failure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** The mesh points of this moment; throws a Failure if the kernel does not tell. */
  public Supplier<List<MeshDevice>> devices() {
    return () -> {
      try (Nl80211 nl80211 = connector.get()) {
        List<MeshDevice> devices = new ArrayList<>();
        for (WirelessInterface device : nl80211.interfaces()) {
          if (device.isMeshPoint()) {
            ask(nl80211, device).ifPresent(devices::add);
          }
        }
        return devices;
      }
    };
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new Hook("nl80211", "poll", running));
  }

  @Override
  public EventLedger ledger() {
    return EventLedger.EMPTY;
  }

  @Override
  public void close() {
    running = false;
  }

  private Optional<MeshDevice> ask(Nl80211 nl80211, WirelessInterface device) {
    try {
      return Optional.of(
          new MeshDevice(
              device,
              driver(device.name()),
              nl80211.meshConfig(device.ifindex()),
              nl80211.stations(device.ifindex())));
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.NO_DEVICE) {
        // gone since it was listed
        return Optional.empty();
      }
      throw e;
    }
  }

  private String driver(String device) {
    try {
      Path driver = Files.readSymbolicLink(netDevices.resolve(device).resolve("device/driver"));
      return String.valueOf(driver.getFileName());
    } catch (IOException e) {
      return ""; // a device without one, or a sysfs of another namespace
    }
  }
}
