package dev.meshpath.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of {@code lab.pcap}: captured in the lab with Linux 6.12 and 7.2 (scenarios chain,
 * root, station and proxy), and trimmed to some of each kind. Little-endian, with radiotap.
 */
final class LabFrames {
  private LabFrames() {}

  static List<byte[]> read() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    try (InputStream in = LabFrames.class.getResourceAsStream("/captures/lab.pcap")) {
      ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 24; at < file.limit(); ) {
        int length = file.getInt(at + 8);
        int radiotap = file.getShort(at + 16 + 2);
        byte[] frame = new byte[length - radiotap];
        file.get(at + 16 + radiotap, frame);
        frames.add(frame);
        at += 16 + length;
      }
    }
    return frames;
  }
}
