package dev.meshpath.collector.meshpath.churn;

/** Why another neighbour became the next hop. */
public enum ChangeClass {
  /** Of the same announcement a copy with a better metric came by another neighbour. */
  BETTER_METRIC("better_metric"),
  /** A newer announcement came by another neighbour first; its metric may be worse. */
  FRESHER_SN("fresher_sn"),
  /** The former next hop was lost, or no longer acknowledged. */
  PEER_LOST("peer_lost"),
  /** The path had expired before. */
  EXPIRED("expired"),
  /** An error frame had said that the former way leads nowhere. */
  ERROR_FRAME("error_frame"),
  /** A user said so. */
  COMMAND("command"),
  /** None of these: events were lost before. */
  OTHER("other");

  private final String word;

  ChangeClass(String word) {
    this.word = word;
  }

  /** The word of metric labels. */
  public String word() {
    return word;
  }
}
