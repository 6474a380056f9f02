package dev.meshpath.json;

import java.util.Locale;

/** JSON texts (RFC 8259), as far as reports need them. */
public final class Json {
  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  /** A string in its quotes. */
  public static String string(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default -> {
          if (character < FIRST_PRINTABLE || Character.isSurrogate(character)) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
          } else {
            json.append(character);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
