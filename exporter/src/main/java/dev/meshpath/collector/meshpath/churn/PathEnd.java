package dev.meshpath.collector.meshpath.churn;

/** What ended the use of a path. */
public enum PathEnd {
  /** Its lifetime passed. */
  EXPIRE("expire"),
  /** The entry was removed: by a command, with its interface, for a proxy entry. */
  DELETE("delete"),
  /** An error frame said that it leads nowhere. */
  PERR("perr"),
  /** The peer it went over was lost, or no longer acknowledged. */
  PEER_LOSS("peer_loss");

  private final String word;

  PathEnd(String word) {
    this.word = word;
  }

  /** The word of metric labels. */
  public String word() {
    return word;
  }
}
