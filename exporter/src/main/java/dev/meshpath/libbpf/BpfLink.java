package dev.meshpath.libbpf;

/** An attachment; it ends with {@link #close} or with the process, whichever is first. */
public final class BpfLink implements AutoCloseable {
  private final Libbpf libbpf;
  private final long link;

  BpfLink(Libbpf libbpf, long link) {
    this.libbpf = libbpf;
    this.link = link;
  }

  /** Detaches. */
  @Override
  public void close() {
    libbpf.number("bpf_link__destroy()", libbpf.linkDestroy.call(link));
  }
}
