package dev.meshpath.config;

/** What is logged: this and what is more important. */
public enum LogLevel {
  /** Single events of the kernel. */
  DEBUG,
  /** What the program does. */
  INFO,
  /** What it cannot do. */
  WARN,
  /** What ends it. */
  ERROR
}
