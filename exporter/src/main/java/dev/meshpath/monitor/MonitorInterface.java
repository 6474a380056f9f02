package dev.meshpath.monitor;

import dev.meshpath.failure.Failure;
import dev.meshpath.frame.file.AirFrame;
import java.io.EOFException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears path selection and peering frames on a monitor interface, on a thread of its own. If the
 * interface goes away, it is looked for until it is back. Thread-safe.
 */
public final class MonitorInterface implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(MonitorInterface.class);

  /**
   * For the kernel: action frames of the categories mesh (13) and self-protected (15), and those
   * whose category is hidden by encryption or stands four bytes further on (HT control).
   */
  static final String FILTER =
      "wlan[0] = 0xd0 and (wlan[24] = 13 or wlan[24] = 15 or wlan[1] & 0xc0 != 0)";

  /** Any HWMP frame of 292 bytes, and as much radiotap as any driver writes. */
  static final int SNAP_LENGTH = 512;

  /** Of the kernel; two thousand frames. */
  private static final int BUFFER_BYTES = 1 << 20;

  /** https://www.tcpdump.org/linktypes.html: 802.11 with radiotap, and without. */
  private static final int RADIOTAP = 127;

  private static final int IEEE80211 = 105;

  /** Only what it has; on Linux it is no limit, {@link PcapHandle#breakLoop} ends the wait. */
  private static final int WAIT_MS = 100;

  private static final long RETRY_MS = 2_000;
  private static final long STOP_MS = 2_000;

  private final String device;
  private final Consumer<AirFrame> frames;
  private final Thread thread;
  private @Nullable PcapHandle handle;
  private Dropped ofFormer = new Dropped(0, 0);
  private boolean closing;
  private long number;

  /**
   * What was lost.
   *
   * @param byKernel frames that found no room between kernel and exporter
   * @param byInterface frames that the interface had no room for
   */
  public record Dropped(long byKernel, long byInterface) {
    private Dropped plus(Dropped more) {
      return new Dropped(byKernel + more.byKernel, byInterface + more.byInterface);
    }
  }

  /**
   * Opens the interface and begins.
   *
   * @param device its name, as {@code mon0}
   * @param frames gets each frame, on the thread of the interface
   * @throws Failure if there is no libpcap, no such interface, or it is none of type monitor
   */
  public MonitorInterface(String device, Consumer<AirFrame> frames) {
    this.device = device;
    this.frames = frames;
    handle = open(device);
    thread = Thread.ofPlatform().name("monitor").daemon().start(this::hear);
  }

  /** Whether the interface is open. */
  public synchronized boolean isUp() {
    return handle != null;
  }

  /** What was lost so far. */
  public synchronized Dropped dropped() {
    return handle == null ? ofFormer : ofFormer.plus(dropped(handle));
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
      try {
        if (handle != null) {
          handle.breakLoop();
        }
      } catch (NotOpenException e) {
        logger.debug("{} was closed meanwhile", device, e);
      }
    }
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PcapHandle open(String device) {
    PcapHandle opened = null;
    try {
      opened =
          new PcapHandle.Builder(device)
              .snaplen(SNAP_LENGTH)
              .bufferSize(BUFFER_BYTES)
              .timeoutMillis(WAIT_MS)
              .immediateMode(true)
              .build();
      int linkType = opened.getDlt().value();
      if (linkType != RADIOTAP && linkType != IEEE80211) {
        throw new Failure(
            "--monitor: "
                + device
                + " delivers no 802.11 frames (link type "
                + linkType
                + "): name an interface of type monitor, as 'iw dev DEVICE interface add mon0 type"
                + " monitor' makes one.");
      }
      opened.setFilter(FILTER, BpfCompileMode.OPTIMIZE);
      return opened;
    } catch (LinkageError e) {
      throw new Failure(
          "--monitor: libpcap cannot be loaded ("
              + reason(e)
              + "): install it (Debian: apt-get install libpcap0.8), or leave the flag out.",
          e);
    } catch (PcapNativeException | NotOpenException e) {
      close(opened);
      throw new Failure(
          "--monitor: "
              + device
              + " cannot be heard ("
              + e.getMessage()
              + "): name an interface of type monitor that exists in this network namespace and is"
              + " up.",
          e);
    } catch (Failure e) {
      close(opened);
      throw e;
    }
  }

  private static String reason(LinkageError e) {
    String message = e.getMessage();
    return message == null
        ? e.toString()
        : message.lines().findFirst().orElse("").replaceFirst(":$", "");
  }

  private static void close(@Nullable PcapHandle opened) {
    if (opened != null) {
      opened.close();
    }
  }

  private void hear() {
    for (PcapHandle open = current(); open != null; open = current()) {
      try {
        hear(open);
      } catch (EOFException e) {
        logger.debug("{} is to be closed", device);
      } catch (PcapNativeException | NotOpenException e) {
        logger.warn(
            "{} cannot be heard any more ({}): frames have no signal until it is back",
            device,
            e.getMessage());
      } finally {
        leave(open);
      }
    }
  }

  /** Until somebody ends it, or it fails. */
  private void hear(PcapHandle open) throws PcapNativeException, NotOpenException, EOFException {
    int linkType = open.getDlt().value();
    while (true) {
      try {
        byte[] bytes = open.getNextRawPacketEx();
        AirFrame frame =
            AirFrame.of(++number, Instant.now(), linkType, bytes, open.getOriginalLength());
        if (frame != null) {
          frames.accept(frame);
        }
      } catch (TimeoutException e) {
        logger.trace("{} is silent", device, e);
      }
    }
  }

  private void leave(PcapHandle open) {
    synchronized (this) {
      ofFormer = ofFormer.plus(dropped(open));
      handle = null;
    }
    open.close();
  }

  /** The interface, as soon as it can be opened; null once it is closed. */
  private @Nullable PcapHandle current() {
    synchronized (this) {
      while (!closing && handle == null) {
        try {
          handle = open(device);
          logger.info("{} is heard again", device);
        } catch (Failure e) {
          logger.debug("{}", e.getMessage());
          await();
        }
      }
      return handle; // one that is to be closed ends by itself
    }
  }

  private void await() {
    try {
      TimeUnit.MILLISECONDS.timedWait(this, RETRY_MS);
    } catch (InterruptedException e) {
      closing = true;
      Thread.currentThread().interrupt();
    }
  }

  private static Dropped dropped(PcapHandle open) {
    try {
      PcapStat said = open.getStats();
      return new Dropped(said.getNumPacketsDropped(), said.getNumPacketsDroppedByIf());
    } catch (PcapNativeException | NotOpenException e) {
      logger.debug("no figures", e);
      return new Dropped(0, 0);
    }
  }
}
