package dev.meshpath.libbpf;

/** An attachment; it ends with {@link #close} or with the process, whichever is first. */
public final class BpfLink implements AutoCloseable {
  private final Libbpf libbpf;
  private final long link;
  private boolean pinned;

  BpfLink(Libbpf libbpf, long link) {
    this.libbpf = libbpf;
    this.link = link;
  }

  /**
   * Hands it over to a file: it then lives as long as that.
   *
   * @param path of a BPF file system, a C string
   * @throws BpfException if it is of a kind that cannot be
   */
  void pin(long path) {
    libbpf.number("bpf_link__pin()", libbpf.linkPin.call(link, path));
    libbpf.linkDisconnect.call(link);
    pinned = true;
    libbpf.number("bpf_link__destroy()", libbpf.linkDestroy.call(link));
  }

  /** Detaches, unless a file holds it. */
  @Override
  public void close() {
    if (!pinned) {
      libbpf.number("bpf_link__destroy()", libbpf.linkDestroy.call(link));
    }
  }
}
