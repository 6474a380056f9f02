package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import java.util.List;

/** A call into libbpf or the kernel's bpf() failed. */
public final class BpfException extends Failure {
  private static final long serialVersionUID = 1L;

  private final int errno;
  private final transient List<String> log;

  /**
   * @param call the function of libbpf, with what it was asked to do
   * @param errno positive, as in errno(3)
   * @param errorText of {@code errno}
   * @param log the last lines that libbpf wrote before, a verifier's verdict among them
   */
  public BpfException(String call, int errno, String errorText, List<String> log) {
    super(
        call
            + " failed: "
            + errorText
            + " (errno "
            + errno
            + ")"
            + (log.isEmpty() ? "." : "; libbpf said: " + String.join(" | ", log)));
    this.errno = errno;
    this.log = List.copyOf(log);
  }

  /** Positive, as in errno(3). */
  public int errno() {
    return errno;
  }

  /** The last lines that libbpf wrote before the failure, oldest first. */
  public List<String> log() {
    return log;
  }
}
