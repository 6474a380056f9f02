package dev.meshpath.collector.meshpath;

import dev.meshpath.net.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each event as a line of the log, for who looks at one node with {@code --log.level=debug}. */
public final class EventLog implements MeshPathListener {
  private static final Logger logger = LoggerFactory.getLogger(EventLog.class);

  @Override
  public void onEvent(MeshPathEvent event) {
    if (!logger.isDebugEnabled()) {
      return;
    }
    if (event.change() == MeshPathChange.PEER_STATE) {
      logger.debug(
          "peer {} {} by {}, reason {}",
          MacAddress.toString(event.destination()),
          event.peerState(),
          event.cause().kind().word(),
          event.peerReasonCode());
      return;
    }
    logger.debug(
        "{} {} by {}, next hop {}",
        event.change(),
        MacAddress.toString(event.destination()),
        event.cause().kind().word(),
        event.after() == null ? "-" : MacAddress.toString(event.after().nextHop()));
  }

  @Override
  public void onFrame(MeshFrame frame) {
    if (logger.isDebugEnabled()) {
      logger.debug("{} {}", frame.direction(), frame.frame().decode().elements());
    }
  }
}
