package dev.meshpath.frame;

import java.util.Arrays;

/** The bytes of a frame, or its first ones, as the kernel had them in memory. */
public final class FrameSnapshot {
  /** No frame. */
  public static final FrameSnapshot NONE = new FrameSnapshot(Form.NONE, 0, new byte[0]);

  /** net/mac80211 has frames in two forms; {@code enum frame_form} of bpf/mesh_path/mesh_path.h. */
  public enum Form {
    /** There is none. */
    NONE,
    /** The IEEE 802.11 header first, no frame check sequence; decrypted. */
    IEEE80211,
    /** Destination, source, EtherType; then mesh control where it was received. */
    ETHERNET
  }

  private final Form form;
  private final int length;
  private final byte[] bytes;
  private final Reception reception;

  /**
   * @param form how it begins
   * @param length bytes that the frame had
   * @param bytes the first of these, not copied
   */
  public FrameSnapshot(Form form, int length, byte[] bytes) {
    this(form, length, bytes, Reception.UNKNOWN);
  }

  private FrameSnapshot(Form form, int length, byte[] bytes, Reception reception) {
    this.form = form;
    this.length = length;
    this.bytes = bytes;
    this.reception = reception;
  }

  /** The same frame, of which a radio said that. */
  public FrameSnapshot received(Reception by) {
    return new FrameSnapshot(form, length, bytes, by);
  }

  /** What a radio said of it; the kernel's memory does not tell. */
  public Reception reception() {
    return reception;
  }

  /** How it begins. */
  public Form form() {
    return form;
  }

  /** Bytes that the frame had. */
  public int length() {
    return length;
  }

  /** The first of them; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether there is a frame. */
  public boolean isPresent() {
    return form != Form.NONE;
  }

  /** What the bytes say; of no frame, and of hostile ones, as much as can be known. */
  public Frame decode() {
    return form == Form.ETHERNET
        ? FrameDecoder.ethernet(bytes, 0, bytes.length, length)
        : FrameDecoder.hooked(bytes, 0, bytes.length, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameSnapshot that
        && form == that.form
        && length == that.length
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * form.hashCode() + length) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return form + " " + length + " " + Arrays.toString(bytes);
  }
}
