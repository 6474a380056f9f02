package dev.meshpath.cli;

import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}. */
final class Version implements IVersionProvider {
  private final String text;

  /**
   * @param text as {@code meshpath 0.1.0 (revision 1a2b3c4)}
   */
  Version(String text) {
    this.text = text;
  }

  @Override
  public String[] getVersion() {
    return new String[] {text, "Java " + Runtime.version()};
  }
}
