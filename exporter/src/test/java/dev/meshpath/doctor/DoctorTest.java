package dev.meshpath.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.AttachMode;
import dev.meshpath.config.DoctorConfig;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.failure.Failure;
import dev.meshpath.nl80211.FakeKernel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path root;

  @Test
  void looksAtABareMachineWithoutARight() {
    Diagnosis diagnosis = Doctor.of(bareMachine()).examine();
    assertThat(diagnosis.findings())
        .extracting(Finding::subject)
        .containsExactly("kernel", "rights", "libbpf", "BTF", "modules", "libnl");
    assertThat(diagnosis.severity()).isEqualTo(Severity.FAIL);
    assertThat(diagnosis.hooks()).isEmpty();
  }

  @Test
  void checkThatFailsIsAFinding() {
    Check broken =
        new Check() {
          @Override
          public String subject() {
            return "broken";
          }

          @Override
          public List<Finding> look() {
            throw new IllegalStateException("oh");
          }
        };
    Doctor doctor = new Doctor(List.of(broken), new HookCheck(bareMachine()), List.of());
    assertThat(doctor.examine().findings())
        .singleElement()
        .returns(Severity.WARN, Finding::severity)
        .returns("broken", Finding::subject)
        .returns("cannot be checked: java.lang.IllegalStateException: oh", Finding::state);
  }

  private Machine bareMachine() {
    return new Machine(
        root,
        "amd64",
        new DoctorConfig(NetnsScope.OWN, AttachMode.AUTO, true, null, false, false),
        () -> false,
        () -> "1.5",
        () -> {},
        new FakeKernel(),
        () -> {
          throw new Failure("nobody asks for it.");
        });
  }
}
