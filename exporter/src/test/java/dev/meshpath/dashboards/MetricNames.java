package dev.meshpath.dashboards;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the metrics that a PromQL expression asks for. */
final class MetricNames {
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'");
  private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern LABELS =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "offset",
          "inf",
          "nan");

  private MetricNames() {}

  /** Of an expression, with Grafana's variables in it or without. */
  static Set<String> of(String expression) {
    // a variable stands between braces, too: strings go first, they may hold any sign
    String rest = STRING.matcher(expression).replaceAll("");
    for (Pattern noName : new Pattern[] {MATCHERS, RANGE, LABELS}) {
      rest = noName.matcher(rest).replaceAll(" ");
    }
    Set<String> names = new TreeSet<>();
    for (Matcher name = NAME.matcher(rest); name.find(); ) {
      // an aggregation whose labels stood between its name and its parenthesis
      if (!WORDS.contains(name.group()) && !isCall(rest, name.end())) {
        names.add(name.group());
      }
    }
    return names;
  }

  private static boolean isCall(String text, int end) {
    return text.substring(end).stripLeading().startsWith("(");
  }
}
