package io.exonward.agent.sensor.action;

import io.exonward.agent.linux.BpfObject;
import io.exonward.agent.linux.NativeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The programs of actions.bpf.c in the kernel. One that a kernel refuses does not cost the others.
 *
 * @param object loaded and attached; whoever has this closes it
 * @param missing names of those for whose system call the kernel has no trace point
 * @param refused what the kernel said, by the names of those that it refused
 */
record ActionPrograms(BpfObject object, List<String> missing, Map<String, String> refused) {
  /** What is loaded. */
  static final class Source {
    private final byte[] elf;
    private final byte[] settings;
    private final int ringBytes;

    /**
     * Does not copy.
     *
     * @param settings struct settings
     * @param ringBytes a power of two, at least a page
     */
    Source(byte[] elf, byte[] settings, int ringBytes) {
      this.elf = elf;
      this.settings = settings;
      this.ringBytes = ringBytes;
    }

    private BpfObject load(Predicate<String> isWanted) {
      BpfObject object = BpfObject.open(elf);
      try {
        object.setConstants(".rodata.settings", settings);
        object.resize("records", ringBytes);
        object.programs().stream().filter(isWanted.negate()).forEach(object::leaveOut);
        object.load();
        return object;
      } catch (NativeException | LinkageError e) {
        object.close();
        throw e;
      }
    }

    private List<String> programs() {
      try (BpfObject object = BpfObject.open(elf)) {
        return object.programs();
      }
    }

    /** What the kernel says against a program, loaded by itself. */
    private Optional<String> refusal(String program) {
      try {
        load(program::equals).close();
        return Optional.empty();
      } catch (NativeException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Loads and attaches what this kernel takes.
   *
   * @throws NativeException with what the kernel says, if it takes none
   */
  static ActionPrograms load(Source source) {
    Map<String, String> refused = new LinkedHashMap<>();
    BpfObject object = loadPossible(source, refused);
    try {
      List<String> missing = attachPossible(object, refused);
      return new ActionPrograms(object, missing, refused);
    } catch (NativeException | LinkageError e) {
      object.close();
      throw e;
    }
  }

  /** After a refusal libbpf does not say which program it was: each is tried by itself. */
  private static BpfObject loadPossible(Source source, Map<String, String> refused) {
    try {
      return source.load(_ -> true);
    } catch (NativeException whole) {
      List<String> programs = source.programs();
      for (String program : programs) {
        source.refusal(program).ifPresent(reason -> refused.put(program, reason));
      }
      if (refused.size() == programs.size()) {
        throw whole; // it is not about a program
      }
      return source.load(program -> !refused.containsKey(program));
    }
  }

  private static List<String> attachPossible(BpfObject object, Map<String, String> refused) {
    List<String> loaded = new ArrayList<>(object.programs());
    loaded.removeAll(refused.keySet());
    List<String> missing = new ArrayList<>();
    NativeException last = null;
    int attached = 0;
    for (String program : loaded) {
      try {
        if (object.attach(program)) {
          attached++;
        } else {
          missing.add(program);
        }
      } catch (NativeException e) {
        last = e;
        refused.put(program, String.valueOf(e.getMessage()));
      }
    }
    if (attached == 0 && last != null) {
      throw last;
    }
    return missing;
  }

  /** What is to be said of these, null if nothing is: first the names, then the reasons. */
  @Nullable String detail() {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("not in this kernel: " + calls(missing));
    }
    if (!refused.isEmpty()) {
      parts.add("refused by this kernel: " + calls(refused.keySet()));
    }
    refused.forEach((program, reason) -> parts.add(call(program) + ": " + reason));
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** What is not seen, in words. */
  List<String> blindSpots() {
    return refused.isEmpty()
        ? List.of()
        : List.of("this kernel refuses to watch these system calls: " + calls(refused.keySet()));
  }

  private static String calls(Collection<String> programs) {
    return programs.stream().map(ActionPrograms::call).collect(Collectors.joining(", "));
  }

  /** Name of the system call, from that of its program. */
  private static String call(String program) {
    return program.replaceFirst("^(enter|exit)_", "");
  }
}
