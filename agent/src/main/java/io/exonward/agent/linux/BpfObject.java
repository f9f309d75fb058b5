package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * BPF programs and maps from one compiled object. Loading is the only test of whether a kernel
 * takes them; feature probes lie. Not thread-safe.
 */
public final class BpfObject implements AutoCloseable {
  private static final int WARN = 0; // bpf/libbpf.h, enum libbpf_print_level
  private static final int LOG_CHARACTERS = 600;

  private final StringBuilder log = new StringBuilder();
  private final Libbpf.Print print = this::keepWarning; // referenced, so that it is not collected
  private final List<Pointer> links = new ArrayList<>();
  private @Nullable Pointer object;

  private BpfObject(byte[] elf) {
    Libbpf.libbpf_set_print(print);
    Pointer opened = Libbpf.bpf_object__open_mem(elf, elf.length, null);
    if (opened == null) {
      throw new NativeException("bpf_object__open_mem", Native.getLastError(), log());
    }
    object = opened;
  }

  /**
   * Reads an object without loading it.
   *
   * @throws NativeException if it is none
   * @throws UnsatisfiedLinkError if the host has no libbpf 1.x
   */
  public static BpfObject open(byte[] elf) {
    return new BpfObject(elf);
  }

  /** Changes the size of a map; before {@link #loadAndAttach}. */
  public void resize(String map, int entries) {
    int result = Libbpf.bpf_map__set_max_entries(map(map), entries);
    if (result != 0) {
      throw new NativeException("bpf_map__set_max_entries(" + map + ")", -result, log());
    }
  }

  /**
   * Loads everything into the kernel and attaches every program.
   *
   * @throws NativeException whose message ends with the end of the verifier's log
   */
  public void loadAndAttach() {
    int result = Libbpf.bpf_object__load(opened());
    if (result != 0) {
      throw new NativeException("bpf_object__load", -result, log());
    }
    Pointer program = null;
    while ((program = Libbpf.bpf_object__next_program(opened(), program)) != null) {
      Pointer link = Libbpf.bpf_program__attach(program);
      if (link == null) {
        int errno = Native.getLastError();
        throw new NativeException(
            "bpf_program__attach(" + Libbpf.bpf_program__name(program) + ")", errno, log());
      }
      links.add(link);
    }
  }

  /** Sets the constants of a section; before it is loaded. */
  public void setConstants(String section, byte[] value) {
    int result = Libbpf.bpf_map__set_initial_value(map(section), value, value.length);
    if (result != 0) {
      throw new NativeException("bpf_map__set_initial_value(" + section + ")", -result, log());
    }
  }

  /**
   * Loads the wanted programs and attaches those for which the kernel has a place.
   *
   * @return names of the wanted ones that could not be attached for want of a place
   * @throws NativeException whose message ends with the end of the verifier's log
   */
  public List<String> loadAndAttach(Predicate<String> isWanted) {
    List<String> wanted = new ArrayList<>();
    Pointer program = null;
    while ((program = Libbpf.bpf_object__next_program(opened(), program)) != null) {
      String name = Libbpf.bpf_program__name(program);
      if (isWanted.test(name)) {
        wanted.add(name);
      } else {
        Libbpf.bpf_program__set_autoload(program, false);
      }
    }
    int result = Libbpf.bpf_object__load(opened());
    if (result != 0) {
      throw new NativeException("bpf_object__load", -result, log());
    }
    wanted.removeIf(this::attachIfPossible);
    return wanted;
  }

  private boolean attachIfPossible(String name) {
    Pointer program = Libbpf.bpf_object__find_program_by_name(opened(), Libc.path(name));
    Pointer link = program == null ? null : Libbpf.bpf_program__attach(program);
    int errno = Native.getLastError();
    if (link != null) {
      links.add(link);
    } else if (errno != Errno.ENOENT) {
      throw new NativeException("bpf_program__attach(" + name + ")", errno, log());
    }
    return link != null;
  }

  /** Descriptor of a map; the object stays its owner. */
  int mapNumber(String name) {
    return Libbpf.bpf_map__fd(map(name));
  }

  int mapEntries(String name) {
    return Libbpf.bpf_map__max_entries(map(name));
  }

  private Pointer map(String name) {
    Pointer map = Libbpf.bpf_object__find_map_by_name(opened(), Libc.path(name));
    if (map == null) {
      throw new IllegalArgumentException("the object has no map " + name);
    }
    return map;
  }

  private Pointer opened() {
    Pointer current = object;
    if (current == null) {
      throw new IllegalStateException("the object is closed");
    }
    return current;
  }

  private int keepWarning(int level, Pointer format, Pointer arguments) {
    if (level == WARN) {
      log.append(Libbpf.format(format, arguments));
    }
    return 0;
  }

  /** The end of what libbpf said, on one line: a verifier's reason stands last. */
  private String log() {
    int start = Math.max(0, log.length() - LOG_CHARACTERS);
    return log.substring(start).strip().replaceAll("\\s*\\n\\s*", "; ");
  }

  @Override
  public void close() {
    links.forEach(Libbpf::bpf_link__destroy);
    links.clear();
    Pointer closing = object;
    object = null;
    if (closing != null) {
      Libbpf.bpf_object__close(closing);
    }
  }
}
