package dev.meshpath.cli;

import dev.meshpath.config.ConfigFile;
import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.Setting;
import dev.meshpath.failure.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.INegatableOptionTransformer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RegexTransformer;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and where the values come from that the command line does not give. */
public final class Commands {
  /** Exit code of a command line or configuration that cannot be. */
  public static final int USAGE = 2;

  /** Exit code of a program that could not do its work. */
  public static final int FAILED = 1;

  private static final String PREFIX = "--";
  private static final String EXPORTER = "exporter";

  /** All flags of one letter are questions, and may stand together, as -hV. */
  private static final Pattern QUESTION = Pattern.compile("-[^-].*|--help|--version");

  private static final String CONFIG_FILE = "config.file";

  /** Settings without a dot in their name; what else has none is a question, as --help. */
  private static final Set<String> UNDOTTED = Set.of("netns", "attach", "btf", "monitor");

  /** As picocli's own, which knows no names with dots. */
  private static final INegatableOptionTransformer NEGATION =
      new RegexTransformer.Builder()
          .addPattern("^--no-(.*)$", "--$1", "--[no-]$1")
          .addPattern("^--(.*)$", "--no-$1", "--[no-]$1")
          .build();

  private final Map<String, String> environment;
  private final CommandLine commandLine;
  private final Map<String, Callable<Integer>> commands = new LinkedHashMap<>();
  private final IFactory factory;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, Setting> used = new HashMap<>();

  /**
   * The exporter, which runs without a name, too.
   *
   * @param exporter what {@code meshpath exporter} runs
   * @param version first line of {@code --version}
   * @param environment of the process
   * @param out for what was asked for
   * @param err for what went wrong
   */
  public Commands(
      ToIntFunction<ExporterConfig> exporter,
      String version,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err) {
    this.environment = environment;
    this.factory = factory(version);
    this.out = out;
    this.err = err;
    this.commandLine = line(new ExporterCommand(exporter));
    commands.put(EXPORTER, new ExporterCommand(exporter));
  }

  /** Adds a command that has its name in its annotation. */
  public Commands with(Callable<Integer> command) {
    commands.put(command.getClass().getAnnotation(Command.class).name(), command);
    return this;
  }

  private CommandLine line(Callable<Integer> command) {
    return new CommandLine(command, factory)
        .setNegatableOptionTransformer(NEGATION)
        .setOut(out)
        .setErr(err)
        .setExecutionStrategy(this::runCommand)
        .setParameterExceptionHandler((e, arguments) -> sayAndExit(sentence(e), USAGE))
        .setExecutionExceptionHandler((e, line, parsed) -> failed(e));
  }

  /** Runs the command that {@code arguments} name, and returns the exit code. */
  public int execute(String... arguments) {
    String[] words = learn(arguments);
    try {
      Map<String, Setting> file =
          configFile(arguments).map(path -> ConfigFile.read(path, keys())).orElse(Map.of());
      commandLine.setDefaultValueProvider(new Defaults(file));
      return commandLine.execute(words);
    } catch (Failure e) {
      return sayAndExit(e.getMessage(), USAGE);
    }
  }

  /**
   * Learns the commands that the arguments name; for a question all. What picocli learns of one,
   * its flags with their descriptions, is a good part of a start.
   *
   * @return the arguments without the command's name, if it is the one that needs none
   */
  private String[] learn(String... arguments) {
    List<String> words = List.of(arguments);
    boolean asks = words.stream().anyMatch(word -> QUESTION.matcher(word).matches());
    if (!asks && !words.isEmpty() && words.getFirst().equals(EXPORTER)) {
      return Arrays.copyOfRange(arguments, 1, arguments.length);
    }
    commands.forEach(
        (name, command) -> {
          if (asks || words.contains(name)) {
            commandLine.addSubcommand(line(command).setCommandName(name));
          }
        });
    return arguments;
  }

  /** A flag before a command's name would belong to no command that runs. */
  private int runCommand(ParseResult parsed) {
    boolean asksForHelp = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
    if (parsed.hasSubcommand() && !asksForHelp && !parsed.matchedOptions().isEmpty()) {
      String command = parsed.subcommand().commandSpec().name();
      return sayAndExit(
          parsed.matchedOptions().getFirst().longestName()
              + " stands before "
              + command
              + ": write it behind.",
          USAGE);
    }
    return new RunLast().execute(parsed);
  }

  /** Fills in environment, then file; picocli then falls back to the default of the flag. */
  private final class Defaults implements IDefaultValueProvider {
    private final Map<String, Setting> file;

    Defaults(Map<String, Setting> file) {
      this.file = file;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
      if (!(argument instanceof OptionSpec option)) {
        return null;
      }
      String key = key(option);
      Setting setting = fromEnvironment(key).orElse(file.get(key));
      if (setting == null) {
        return null;
      }
      used.put(key, setting);
      return setting.value();
    }
  }

  private Optional<Setting> fromEnvironment(String key) {
    String variable =
        "MESHPATH_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Optional.ofNullable(environment.get(variable))
        .map(value -> new Setting(value, variable));
  }

  private Optional<Path> configFile(String... arguments) {
    String flag = PREFIX + CONFIG_FILE;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(flag + "=")) {
        return Optional.of(Path.of(arguments[i].substring(flag.length() + 1)));
      }
      if (arguments[i].equals(flag) && i + 1 < arguments.length) {
        return Optional.of(Path.of(arguments[i + 1]));
      }
    }
    return fromEnvironment(CONFIG_FILE).map(setting -> Path.of(setting.value()));
  }

  /** What may stand in the file: all flags but that of the file itself. */
  private Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      if (option.longestName().contains(".") || UNDOTTED.contains(key(option))) {
        keys.add(key(option));
      }
    }
    keys.remove(CONFIG_FILE);
    return keys;
  }

  private String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return "unknown argument "
          + unmatched.getUnmatched().getFirst()
          + ": see meshpath --help for those that there are.";
    }
    String message = String.valueOf(e.getMessage()).replaceFirst("^.*?: (?='.*' is )", "");
    if (e.getArgSpec() instanceof OptionSpec option) {
      String key = key(option);
      Setting setting = used.get(key);
      String origin =
          setting != null && message.contains("'" + setting.value() + "'")
              ? setting.origin()
              : PREFIX + key;
      return message.startsWith("'")
          ? origin + ": " + message + "."
          : message + ": see meshpath --help.";
    }
    return message + ": see meshpath --help.";
  }

  private int failed(Exception e) throws Exception {
    if (e instanceof Failure failure) {
      return sayAndExit(failure.getMessage(), FAILED);
    }
    throw e;
  }

  private int sayAndExit(@Nullable String sentence, int code) {
    commandLine.getErr().println("meshpath: " + sentence);
    commandLine.getErr().flush();
    return code;
  }

  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^--(no-)?", "");
  }

  private static IFactory factory(String version) {
    IFactory standard = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == Version.class ? type.cast(new Version(version)) : standard.create(type);
      }
    };
  }
}
