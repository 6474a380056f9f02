package dev.meshpath.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Diagnosis DIAGNOSIS =
      new Diagnosis(
          List.of(
              Finding.ok("kernel", "6.12.94, amd64"),
              Finding.warn("BTF", "broken\n  twice", "no \"fentry\"", "mend it")),
          List.of(
              new HookFinding("mesh_path_add_exit", "kprobe", true, ""),
              new HookFinding("rdev_leave_mesh", "none", false, "less")));

  @Test
  void textIsForPeople() {
    assertThat(TextReport.of(DIAGNOSIS))
        .isEqualTo(
            """
            ok    kernel  6.12.94, amd64
            warn  BTF     broken | twice
                  costs: no "fentry"
                  do:    mend it
            meshpath works here, with less: 0 failures, 1 warning
            """);
  }

  @Test
  void summaryFollowsTheWorst() {
    assertThat(TextReport.of(of(Finding.ok("kernel", "6.12"))))
        .endsWith("\nmeshpath works here, nothing is missing\n");
    assertThat(TextReport.of(of(Finding.fail("rights", "none", "all", "be root"))))
        .endsWith("\nmeshpath cannot work here: 1 failure, 0 warnings\n");
  }

  @Test
  void jsonIsOneLineForPrograms() {
    assertThat(JsonReport.of(DIAGNOSIS))
        .isEqualTo(
            "{\"severity\":\"warn\",\"findings\":["
                + "{\"severity\":\"ok\",\"subject\":\"kernel\",\"state\":\"6.12.94, amd64\","
                + "\"cost\":\"\",\"remedy\":\"\"},"
                + "{\"severity\":\"warn\",\"subject\":\"BTF\",\"state\":\"broken\\n  twice\","
                + "\"cost\":\"no \\\"fentry\\\"\",\"remedy\":\"mend it\"}],\"hooks\":["
                + "{\"hook\":\"mesh_path_add_exit\",\"mode\":\"kprobe\",\"attached\":true,"
                + "\"cost\":\"\"},"
                + "{\"hook\":\"rdev_leave_mesh\",\"mode\":\"none\",\"attached\":false,"
                + "\"cost\":\"less\"}]}");
  }

  @Test
  void exitCodeFollowsTheWorst() {
    assertThat(new Diagnosis(List.of(), List.of()).severity().exitCode()).isZero();
    assertThat(DIAGNOSIS.severity().exitCode()).isEqualTo(1);
    assertThat(
            of(Finding.warn("a", "b", "c", "d"), Finding.fail("a", "b", "c", "d"))
                .severity()
                .exitCode())
        .isEqualTo(2);
  }

  private static Diagnosis of(Finding... findings) {
    return new Diagnosis(List.of(findings), List.of());
  }
}
