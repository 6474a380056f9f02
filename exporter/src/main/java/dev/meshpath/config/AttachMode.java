package dev.meshpath.config;

/** By which mechanism kernel functions are watched. */
public enum AttachMode {
  /** The best one that each function allows. */
  AUTO,
  /** fentry and fexit only. */
  FENTRY,
  /** kprobe and kretprobe only, as on kernels whose modules have no BTF. */
  KPROBE,
  /** Nothing is attached. */
  POLL;

  /** Whether fentry and fexit may be used. */
  public boolean allowsFentry() {
    return this == AUTO || this == FENTRY;
  }

  /** Whether kprobe and kretprobe may be used. */
  public boolean allowsKprobes() {
    return this == AUTO || this == KPROBE;
  }
}
