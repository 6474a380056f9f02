package dev.meshpath.doctor;

import dev.meshpath.failure.Failure;
import java.util.List;
import java.util.function.Supplier;

/** The library that loads BPF programs. */
final class LibbpfCheck implements Check {
  private final Supplier<String> version;

  LibbpfCheck(Supplier<String> version) {
    this.version = version;
  }

  @Override
  public String subject() {
    return "libbpf";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(Finding.ok(subject(), version.get()));
    } catch (Failure e) {
      Sentence sentence = Sentence.of(e);
      return List.of(
          Finding.fail(
              subject(), sentence.state(), "the exporter does not start", sentence.remedy()));
    }
  }
}
