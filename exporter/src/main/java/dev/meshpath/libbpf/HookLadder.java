package dev.meshpath.libbpf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to attach to a kernel function, best first: fentry or fexit where the function is in its
 * module's BTF, else a kprobe or kretprobe. An object carries a program for each way (bpf/include/
 * hook.bpf.h); one of them is loaded. Raw tracepoints have one way only.
 */
public final class HookLadder {
  /** A mechanism of the kernel. */
  public enum Mode {
    /** fentry at the entry, fexit at the return: BPF trampolines. */
    FENTRY("fentry"),
    /** kprobe at the entry, kretprobe at the return. */
    KPROBE("kprobe"),
    /** A raw tracepoint. */
    TRACEPOINT("tracepoint");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** The word of metric labels. */
    public String word() {
      return word;
    }
  }

  /**
   * What became of a hook.
   *
   * @param name of the function or tracepoint, with {@code _entry} or {@code _exit}
   * @param mode how it is attached, or would be
   * @param attached whether it is
   * @param reason why it is not; empty if it is
   */
  public record Outcome(String name, Mode mode, boolean attached, String reason) {}

  private static final Logger logger = LoggerFactory.getLogger(HookLadder.class);

  /** A section as {@code fexit/mesh_path_add}. */
  private record Section(String kind, String function) {
    static Section of(BpfProgram program) {
      String section = program.section();
      int slash = section.indexOf('/');
      return new Section(section.substring(0, slash), section.substring(slash + 1));
    }

    Mode mode() {
      return switch (kind) {
        case "fentry", "fexit" -> Mode.FENTRY;
        case "kprobe", "kretprobe" -> Mode.KPROBE;
        default -> Mode.TRACEPOINT;
      };
    }
  }

  private final Set<String> traceable;
  private final boolean kprobes;
  private final Predicate<String> wanted;
  private final Set<String> refused = new HashSet<>();

  /**
   * @param traceable functions that fentry and fexit may attach to
   * @param kprobes whether kprobes may take the place of what is not traceable
   * @param wanted by hook name: those that are not are left out
   */
  public HookLadder(Set<String> traceable, boolean kprobes, Predicate<String> wanted) {
    this.traceable = traceable;
    this.kprobes = kprobes;
    this.wanted = wanted;
  }

  /** The names of all hooks of an object, in its order; those without attachment not among them. */
  public static List<String> hooks(BpfObject object) {
    return new ArrayList<>(byHook(object).keySet());
  }

  /** Chooses which programs will be loaded; before {@link BpfObject#load}. */
  public void select(BpfObject object) {
    for (BpfProgram program : object.programs()) {
      program.setAutoload(isChosen(program));
    }
  }

  /**
   * Attaches what {@link #select} chose, in the reverse order of the object.
   *
   * @param links takes the attachments
   * @return of each hook that this kernel could have
   */
  public List<Outcome> attach(BpfObject object, List<BpfLink> links) {
    List<Outcome> outcomes = new ArrayList<>();
    // what closes first, then what opens: an exit without its entry finds nothing to close, an
    // entry without its exit would leave something open
    for (Map.Entry<String, List<BpfProgram>> hook : byHook(object).reversed().entrySet()) {
      List<BpfProgram> chosen = hook.getValue().stream().filter(this::isChosen).toList();
      if (!chosen.isEmpty()) {
        outcomes.addFirst(attach(hook.getKey(), chosen.reversed(), links));
      }
    }
    return outcomes;
  }

  /**
   * After {@link #attach}: sends the hooks that fentry could not have one rung down.
   *
   * @return whether there is another rung, and the object is worth loading anew
   */
  public boolean descend(List<Outcome> outcomes) {
    boolean descended = false;
    for (Outcome outcome : outcomes) {
      if (!outcome.attached() && outcome.mode() == Mode.FENTRY && kprobes) {
        descended |= refused.add(outcome.name());
      }
    }
    return descended;
  }

  private Outcome attach(String hook, List<BpfProgram> programs, List<BpfLink> links) {
    Mode mode = Section.of(programs.getFirst()).mode();
    List<BpfLink> own = new ArrayList<>();
    try {
      for (BpfProgram program : programs) {
        own.add(mode == Mode.FENTRY ? program.attachTrace() : program.attach());
      }
      links.addAll(own);
      return new Outcome(hook, mode, true, "");
    } catch (BpfException e) {
      own.forEach(BpfLink::close);
      logger.debug("hook {} cannot be attached: {}", hook, e.getMessage());
      return new Outcome(hook, mode, false, String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is of the rung that its hook stands on. */
  boolean isChosen(BpfProgram program) {
    Section section = Section.of(program);
    String hook = hook(program, section);
    if (hook.isEmpty()) {
      return section.mode() == Mode.TRACEPOINT;
    }
    if (!wanted.test(hook)) {
      return false;
    }
    boolean byTrace = traceable.contains(section.function()) && !refused.contains(hook);
    return switch (section.mode()) {
      case FENTRY -> byTrace;
      case KPROBE -> !byTrace && kprobes;
      case TRACEPOINT -> true;
    };
  }

  private static SequencedMap<String, List<BpfProgram>> byHook(BpfObject object) {
    SequencedMap<String, List<BpfProgram>> hooks = new LinkedHashMap<>();
    for (BpfProgram program : object.programs()) {
      String hook = hook(program, Section.of(program));
      if (!hook.isEmpty()) {
        hooks.computeIfAbsent(hook, ignored -> new ArrayList<>()).add(program);
      }
    }
    return hooks;
  }

  /** The hook that a program serves; empty for one that attaches to nothing. */
  public static String hookOf(BpfProgram program) {
    return hook(program, Section.of(program));
  }

  /** By the programs' names of bpf/include/hook.bpf.h; empty for one that attaches to nothing. */
  private static String hook(BpfProgram program, Section section) {
    String name = program.name();
    if (section.mode() == Mode.TRACEPOINT) {
      return name.endsWith("_tracepoint") ? section.function() : "";
    }
    // a kprobe that only keeps the arguments serves the hook at the return
    return name.replace("_call_kprobe", "_exit").replace("_kprobe", "");
  }
}
