package dev.meshpath.config;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The configuration file: YAML whose keys, joined by dots, are the names of the flags.
 *
 * <pre>
 * web:
 *   listen-address: "127.0.0.1:10211"
 * log.level: debug
 * </pre>
 */
public final class ConfigFile {
  private final Path file;
  private final Set<String> known;
  private final Map<String, Setting> settings = new TreeMap<>();

  private ConfigFile(Path file, Set<String> known) {
    this.file = file;
    this.known = known;
  }

  /**
   * Reads {@code file}.
   *
   * @param known the keys that may occur
   * @throws Failure that names file, line and key if it cannot be read or says what it may not
   */
  public static Map<String, Setting> read(Path file, Set<String> known) {
    ConfigFile config = new ConfigFile(file, known);
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setAllowNonScalarKeys(true).build();
    try {
      // whole first: the parser would wrap what goes wrong with the file
      Optional<Node> root = new Compose(settings).composeString(Files.readString(file));
      root.ifPresent(node -> config.take("", node));
    } catch (IOException e) {
      throw new Failure(
          "cannot read the configuration file "
              + file
              + " ("
              + reason(e)
              + "): name another with --config.file.",
          e);
    } catch (MarkedYamlEngineException e) {
      throw new Failure(
          at(e.getContextMark().or(e::getProblemMark), file) + "not YAML: " + e.getProblem() + ".",
          e);
    } catch (YamlEngineException e) {
      throw new Failure(file + ": not YAML: " + e.getMessage(), e);
    }
    return config.settings;
  }

  private void take(String key, Node node) {
    switch (node) {
      case MappingNode mapping -> {
        if (mapping.isRecursive()) {
          throw new Failure(where(node) + "an alias must not name what it stands in.");
        }
        for (NodeTuple entry : mapping.getValue()) {
          if (!(entry.getKeyNode() instanceof ScalarNode name)) {
            throw new Failure(where(entry.getKeyNode()) + "a key must be a name.");
          }
          take(key.isEmpty() ? name.getValue() : key + "." + name.getValue(), entry.getValueNode());
        }
      }
      case ScalarNode scalar -> put(key, scalar);
      default -> throw new Failure(where(node) + key + " must be one value, not a list.");
    }
  }

  private void put(String key, ScalarNode scalar) {
    if (key.isEmpty()) {
      if (scalar.getValue().isEmpty()) {
        return;
      }
      throw new Failure(where(scalar) + "'" + scalar.getValue() + "' is no 'key: value'.");
    }
    if (!known.contains(key)) {
      throw new Failure(
          where(scalar)
              + "unknown key "
              + key
              + ": known are "
              + String.join(", ", known.stream().sorted().toList())
              + ".");
    }
    Setting setting = new Setting(scalar.getValue(), where(scalar) + key);
    if (settings.put(key, setting) != null) {
      throw new Failure(where(scalar) + key + " is set twice: keep one of them.");
    }
  }

  private String where(Node node) {
    return at(node.getStartMark(), file);
  }

  private static String at(Optional<Mark> mark, Path file) {
    return file + ":" + mark.map(m -> (m.getLine() + 1) + ": ").orElse(" ");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> "it does not exist";
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.charset.CharacterCodingException binary -> "it is not UTF-8 text";
      default -> String.valueOf(e.getMessage());
    };
  }
}
