package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * BPF programs and maps from one compiled object. Loading is the only test of whether a kernel
 * takes them; feature probes lie. Not thread-safe.
 */
public final class BpfObject implements AutoCloseable {
  private static final int LOG_REASON = 4; // linux include/linux/bpf_verifier.h, BPF_LOG_STATS
  private static final int PROGRAM_INFO_BYTES =
      224; // linux include/uapi/linux/bpf.h, bpf_prog_info
  private static final int RECURSION_MISSES = 208;
  private static final int ITERATOR_BYTES = 32 << 10;

  private final LibbpfLog log = new LibbpfLog();
  private final Map<String, Pointer> links = new LinkedHashMap<>();
  private @Nullable Pointer object;

  private BpfObject(byte[] elf) {
    log.listen();
    Pointer opened = Libbpf.bpf_object__open_mem(elf, elf.length, null);
    if (opened == null) {
      throw new NativeException("bpf_object__open_mem", Native.getLastError(), log.end());
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

  /** Changes the size of a map; before {@link #load}. */
  public void resize(String map, int entries) {
    int result = Libbpf.bpf_map__set_max_entries(map(map), entries);
    if (result != 0) {
      throw new NativeException("bpf_map__set_max_entries(" + map + ")", -result, log.end());
    }
  }

  /** Names of all programs, in the order in which they are loaded. */
  public List<String> programs() {
    return each().stream().map(Libbpf::bpf_program__name).toList();
  }

  /** Does without a program; before {@link #load}. */
  public void leaveOut(String program) {
    Libc.check(
        Libbpf.bpf_program__set_autoload(program(program), false), "bpf_program__set_autoload", 0);
  }

  /**
   * Loads everything into the kernel and attaches every program.
   *
   * @throws NativeException whose message ends with the end of the verifier's log
   */
  public void loadAndAttach() {
    load();
    for (Pointer program : each()) {
      String name = Libbpf.bpf_program__name(program);
      if (Libbpf.bpf_program__autoload(program) && !attach(name)) {
        throw new NativeException("bpf_program__attach(" + name + ")", Errno.ENOENT, log.end());
      }
    }
  }

  /**
   * Loads everything into the kernel.
   *
   * @throws NativeException whose message ends with the end of the verifier's log
   */
  public void load() {
    for (Pointer program : each()) {
      // Otherwise libbpf asks for the log of each step, of which we would get the beginning only.
      Libbpf.bpf_program__set_log_level(program, LOG_REASON);
    }
    int result = Libbpf.bpf_object__load(opened());
    if (result != 0) {
      throw new NativeException("bpf_object__load", -result, log.end());
    }
  }

  /**
   * Has a loaded program run.
   *
   * @return false if the kernel has no such place
   * @throws NativeException if it refuses
   */
  public boolean attach(String program) {
    Pointer link = Libbpf.bpf_program__attach(program(program));
    int errno = Native.getLastError();
    if (link != null) {
      links.put(program, link);
    } else if (errno != Errno.ENOENT) {
      throw new NativeException("bpf_program__attach(" + program + ")", errno, log.end());
    }
    return link != null;
  }

  private List<Pointer> each() {
    List<Pointer> programs = new ArrayList<>();
    Pointer program = null;
    while ((program = Libbpf.bpf_object__next_program(opened(), program)) != null) {
      programs.add(program);
    }
    return programs;
  }

  private Pointer program(String name) {
    Pointer program = Libbpf.bpf_object__find_program_by_name(opened(), Libc.path(name));
    if (program == null) {
      throw new IllegalArgumentException("the object has no program " + name);
    }
    return program;
  }

  /** Sets the constants of a section; before it is loaded. */
  public void setConstants(String section, byte[] value) {
    int result = Libbpf.bpf_map__set_initial_value(map(section), value, value.length);
    if (result != 0) {
      throw new NativeException("bpf_map__set_initial_value(" + section + ")", -result, log.end());
    }
  }

  /**
   * How often a program was not run because another one, or it itself, ran on that processor; 0
   * where the kernel does not count that.
   */
  public long missed() {
    long missed = 0;
    for (Pointer program : each()) {
      if (links.containsKey(Libbpf.bpf_program__name(program))) {
        missed += missed(Libbpf.bpf_program__fd(program));
      }
    }
    return missed;
  }

  private static long missed(int program) {
    byte[] info = new byte[PROGRAM_INFO_BYTES];
    IntByReference length = new IntByReference(info.length);
    Libc.check(
        Libbpf.bpf_obj_get_info_by_fd(program, info, length), "bpf_obj_get_info_by_fd", program);
    return ByteBuffer.wrap(info).order(ByteOrder.nativeOrder()).getLong(RECURSION_MISSES);
  }

  /**
   * Puts a key into a hash map whose values are one byte.
   *
   * @throws NativeException if the map is full
   */
  public void put(String map, int key) {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(key).array();
    Libc.check(
        Libbpf.bpf_map_update_elem(mapNumber(map), bytes, new byte[] {1}, 0),
        "bpf_map_update_elem",
        map);
  }

  /** Takes a key out of a map; it may have been absent. */
  public void remove(String map, int key) {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(key).array();
    int result = Libbpf.bpf_map_delete_elem(mapNumber(map), bytes);
    if (result != 0 && Native.getLastError() != Errno.ENOENT) {
      throw new NativeException("bpf_map_delete_elem(" + map + ")", Native.getLastError());
    }
  }

  /** What an attached iterator writes now, to its end. Slow: the kernel walks over all it has. */
  public ByteBuffer iterate(String program) {
    Pointer link = links.get(program);
    if (link == null) {
      throw new IllegalStateException("the program " + program + " is not attached");
    }
    int number = Libbpf.bpf_iter_create(Libbpf.bpf_link__fd(link));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    byte[] buffer = new byte[ITERATOR_BYTES];
    try (Descriptor iterator = new Descriptor(Libc.check(number, "bpf_iter_create", program))) {
      int bytes;
      while ((bytes = iterator.read(buffer)) > 0) {
        written.write(buffer, 0, bytes);
      }
    }
    return ByteBuffer.wrap(written.toByteArray()).order(ByteOrder.nativeOrder());
  }

  /** Processors that this kernel can ever have. */
  public static int possibleProcessors() {
    return Libc.check(Libbpf.libbpf_num_possible_cpus(), "libbpf_num_possible_cpus", 0);
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

  @Override
  public void close() {
    links.values().forEach(Libbpf::bpf_link__destroy);
    links.clear();
    Pointer closing = object;
    object = null;
    if (closing != null) {
      Libbpf.bpf_object__close(closing);
    }
  }
}
