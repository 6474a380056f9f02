package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the controller of generic netlink, a family that every kernel has. */
@Timeout(10)
class GenericNetlinkSocketTest {
  private static final String CONTROLLER = "nlctrl";

  /** CTRL_CMD_GETFAMILY of include/uapi/linux/genetlink.h. */
  private static final int GET_FAMILY = 3;

  /** CTRL_ATTR_FAMILY_NAME has the number of this one. */
  private static final AttributeType FAMILY_NAME = AttributeType.MeshPath.SN;

  private final Libnl libnl = new Libnl(new LibC());

  @Test
  void dumpsFamilies() {
    try (GenericNetlinkSocket socket = GenericNetlinkSocket.open(libnl, CONTROLLER, 2_000)) {
      Answer answer = socket.ask(new Request("CTRL_CMD_GETFAMILY", GET_FAMILY, Request.DUMP, 0));
      assertThat(answer.isComplete()).isTrue();
      assertThat(answer.entries())
          .isNotEmpty()
          .allMatch(family -> !family.name(FAMILY_NAME).isEmpty())
          .anyMatch(family -> family.name(FAMILY_NAME).equals(CONTROLLER));
    }
  }

  @Test
  void oneSocketServesManyRequests() {
    try (GenericNetlinkSocket socket = GenericNetlinkSocket.open(libnl, CONTROLLER, 2_000)) {
      Request request = new Request("CTRL_CMD_GETFAMILY", GET_FAMILY, Request.DUMP, 0);
      int families = socket.ask(request).entries().size();
      for (int i = 0; i < 100; i++) {
        assertThat(socket.ask(request).entries()).hasSize(families);
      }
    }
  }

  @Test
  void refusalNamesTheCommandAndTheReason() {
    try (GenericNetlinkSocket socket = GenericNetlinkSocket.open(libnl, CONTROLLER, 2_000)) {
      assertThatThrownBy(() -> socket.ask(new Request("CTRL_CMD_NONE", 200, 0, 7)))
          .isInstanceOf(NetlinkException.class)
          .hasMessage("CTRL_CMD_NONE of interface 7 failed: Operation not supported.");
    }
  }

  @Test
  void kernelThatDoesNotAnswerIsNotWaitedForForEver() {
    Request request = new Request("CTRL_CMD_GETFAMILY", GET_FAMILY, 0, 0);
    try (GenericNetlinkSocket socket = GenericNetlinkSocket.open(libnl, CONTROLLER, 50)) {
      assertThatThrownBy(() -> socket.await(FakeKernel.answerTo(request), request))
          .isInstanceOf(Failure.class)
          .hasMessage("the kernel did not answer CTRL_CMD_GETFAMILY within 50 ms.");
    }
  }

  @Test
  void familyThatTheKernelLacksIsSentence() {
    assertThatThrownBy(() -> GenericNetlinkSocket.open(libnl, "no_such_family", 2_000))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "this kernel has no no_such_family, so there is no Wi-Fi to ask for: load the driver of"
                + " the Wi-Fi card and start meshpath again.");
  }
}
