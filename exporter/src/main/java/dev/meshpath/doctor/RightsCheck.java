package dev.meshpath.doctor;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The one right that the exporter does not start without. */
final class RightsCheck implements Check {
  private final BooleanSupplier mayAttach;

  RightsCheck(BooleanSupplier mayAttach) {
    this.mayAttach = mayAttach;
  }

  @Override
  public String subject() {
    return "rights";
  }

  @Override
  public List<Finding> look() {
    String user = "user " + System.getProperty("user.name");
    return List.of(
        mayAttach.getAsBoolean()
            ? Finding.ok(subject(), user + " has CAP_SYS_ADMIN")
            : Finding.fail(
                subject(),
                user + " has no CAP_SYS_ADMIN",
                "the exporter does not start: loading its BPF programs and reading the BTF of"
                    + " modules take it; so the hooks were not tried",
                "run it as root"));
  }
}
