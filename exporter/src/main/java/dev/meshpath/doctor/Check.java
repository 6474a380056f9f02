package dev.meshpath.doctor;

import java.util.List;

/** One look at the machine. */
interface Check {
  /** What it looks at, as in its findings. */
  String subject();

  /** What it found. */
  List<Finding> look();
}
