package dev.meshpath.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LibCTest {
  private final LibC libc = new LibC();

  @Test
  void namesErrors() {
    assertThat(libc.errorText(13)).isEqualTo("Permission denied");
  }

  @Test
  void pageIsPowerOfTwoFrom4KiB() {
    assertThat(libc.pageSize()).isGreaterThanOrEqualTo(4096);
    assertThat(Long.bitCount(libc.pageSize())).isOne();
  }

  @Test
  void jiffyIsOneOfTheKernelsTickLengths() {
    assertThat(libc.jiffyNs()).isIn(1_000_000L, 3_333_333L, 4_000_000L, 10_000_000L);
  }

  @Test
  void mapSaysWhyItFailed() {
    assertThatThrownBy(() -> libc.map(-1, 0, 4096, LibC.PROT_READ))
        .isInstanceOf(Failure.class)
        .hasMessage("mmap() failed: Bad file descriptor.");
  }

  @Test
  void epollSaysWhyItFailed() {
    assertThatThrownBy(() -> libc.epoll(-1))
        .isInstanceOf(Failure.class)
        .hasMessage("epoll_ctl() failed: Bad file descriptor.");
  }

  @Test
  void descriptorThatIsNoPipeHasItsReader() {
    assertThat(libc.hasNoReader(libc.eventfd())).isFalse();
  }

  @Test
  void epollWaitSaysWhyItFailed() {
    assertThatThrownBy(() -> libc.epollWait(-1, -1))
        .isInstanceOf(Failure.class)
        .hasMessage("epoll_wait() failed: Bad file descriptor.");
  }

  @Test
  void limitReceiveSaysWhyItFailed() {
    assertThatThrownBy(() -> libc.limitReceive(-1, 1))
        .isInstanceOf(Failure.class)
        .hasMessage("setsockopt() failed: Bad file descriptor.");
  }

  @Test
  @Timeout(10)
  void signalWakesWaiter() throws InterruptedException {
    int eventfd = libc.eventfd();
    int epoll = libc.epoll(eventfd);
    AtomicBoolean woken = new AtomicBoolean();
    Thread waiter =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  libc.epollWait(epoll, -1);
                  woken.set(true);
                });
    assertThat(waiter.join(Duration.ofMillis(50))).isFalse();
    libc.signal(eventfd);
    waiter.join();
    assertThat(woken).isTrue();
    libc.close(epoll);
    libc.close(eventfd);
  }
}
