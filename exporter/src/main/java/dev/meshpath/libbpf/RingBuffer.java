package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A BPF ring buffer, read in place from its mapped pages. For one thread at a time.
 *
 * <p>The map shows, from offset 0 (kernel/bpf/ringbuf.c:ringbuf_map_mmap_kern):
 *
 * <pre>
 * page 0    consumer position, u64, read and write
 * page 1    producer position, u64, read only
 * page 2..  data, read only, mapped twice in a row so that no record is broken at the end
 * </pre>
 *
 * A record is a header of 8 bytes (u32 length with two flag bits, u32 page offset) and its bytes,
 * rounded up to 8. The kernel sets BUSY on reservation and clears it on submission, which is why
 * the header is read with acquire semantics.
 */
public final class RingBuffer implements AutoCloseable {
  /** Receives the records of a ring. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * One record, valid during the call only.
     *
     * @param data the ring's data pages
     * @param offset where the record begins, a multiple of 8
     * @param length bytes
     */
    void accept(MemorySegment data, long offset, int length);
  }

  private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
  private static final VarHandle HEADER = ValueLayout.JAVA_INT.varHandle();
  private static final int BUSY = 1 << 31;
  private static final int DISCARD = 1 << 30;
  private static final int LENGTH = ~(BUSY | DISCARD);
  private static final int HEADER_BYTES = 8;

  private final LibC libc;
  private final int fd;
  private final long mask;
  private final MemorySegment consumerPage;
  private final MemorySegment producerPages;
  private final MemorySegment data;
  private long consumed;

  /** Maps the ring {@code map}, which must be loaded. */
  public RingBuffer(LibC libc, BpfMap map) {
    this.libc = libc;
    this.fd = map.fd();
    long size = Integer.toUnsignedLong(map.maxEntries());
    long page = libc.pageSize();
    this.mask = size - 1;
    this.consumerPage = libc.map(fd, 0, page, LibC.PROT_READ | LibC.PROT_WRITE);
    try {
      this.producerPages = libc.map(fd, page, page + 2 * size, LibC.PROT_READ);
    } catch (Failure e) {
      libc.unmap(consumerPage);
      throw e;
    }
    this.data = producerPages.asSlice(page);
    this.consumed = (long) POSITION.getAcquire(consumerPage, 0L);
  }

  /** For epoll(7): readable when there is a record. */
  public int fd() {
    return fd;
  }

  /** Bytes of the data area. */
  public long sizeBytes() {
    return mask + 1;
  }

  /** Bytes that are reserved or wait to be read; from any thread. */
  public long usedBytes() {
    long consumer = (long) POSITION.getAcquire(consumerPage, 0L);
    return (long) POSITION.getAcquire(producerPages, 0L) - consumer;
  }

  /**
   * Hands over the records that are there, oldest first, and gives their room back one by one.
   *
   * @param most at most so many
   * @return how many it were
   */
  public int drain(Consumer consumer, int most) {
    int drained = 0;
    long position = consumed;
    long produced = (long) POSITION.getAcquire(producerPages, 0L);
    while (drained < most) {
      if (position == produced) {
        // The kernel wakes us only if it sees that we have read all before its record. Our store
        // must be visible before we look for the last time, else both may believe in the other.
        VarHandle.fullFence();
        produced = (long) POSITION.getAcquire(producerPages, 0L);
        if (position == produced) {
          break;
        }
      }
      long at = position & mask;
      int header = (int) HEADER.getAcquire(data, at);
      if ((header & BUSY) != 0) {
        break;
      }
      int length = header & LENGTH;
      if ((header & DISCARD) == 0) {
        consumer.accept(data, at + HEADER_BYTES, length);
        drained++;
      }
      position += (length + HEADER_BYTES + 7L) & ~7L;
      consumed = position;
      POSITION.setRelease(consumerPage, 0L, position);
    }
    return drained;
  }

  /** Unmaps. */
  @Override
  public void close() {
    libc.unmap(producerPages);
    libc.unmap(consumerPage);
  }
}
