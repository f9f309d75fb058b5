package io.exonward.agent.linux;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Functions of libbpf 1.x, names and types as in bpf/libbpf.h. */
final class Libbpf {
  static {
    Native.register(Libbpf.class, "libbpf.so.1");
  }

  private Libbpf() {}

  /** Where libbpf writes its messages; {@code arguments} is a va_list. */
  interface Print extends Callback {
    int invoke(int level, Pointer format, Pointer arguments);
  }

  static native Pointer libbpf_set_print(Print print);

  static native @Nullable Pointer bpf_object__open_mem(
      byte[] object, long size, @Nullable Pointer options);

  static native int bpf_object__load(Pointer object);

  static native void bpf_object__close(Pointer object);

  static native @Nullable Pointer bpf_object__next_program(
      Pointer object, @Nullable Pointer previous);

  static native @Nullable Pointer bpf_object__find_program_by_name(Pointer object, byte[] name);

  static native String bpf_program__name(Pointer program);

  static native @Nullable Pointer bpf_program__attach(Pointer program);

  static native int bpf_link__destroy(Pointer link);

  static native @Nullable Pointer bpf_object__find_map_by_name(Pointer object, byte[] name);

  static native int bpf_map__set_initial_value(Pointer map, byte[] value, long size);

  static native int bpf_program__set_autoload(Pointer program, boolean isWanted);

  static native int bpf_program__set_log_level(Pointer program, int level);

  static native int bpf_map__fd(Pointer map);

  static native int bpf_map__max_entries(Pointer map);

  static native int bpf_map__set_max_entries(Pointer map, int entries);

  static native boolean bpf_program__autoload(Pointer program);

  static native int bpf_program__fd(Pointer program);

  static native int bpf_link__fd(Pointer link);

  static native int bpf_iter_create(int link);

  static native int bpf_map_delete_elem(int map, byte[] key);

  static native int bpf_map_update_elem(int map, byte[] key, byte[] value, long flags);

  static native int bpf_obj_get_info_by_fd(int program, byte[] info, IntByReference length);

  static native int libbpf_num_possible_cpus();

  /** Formats what libbpf hands to its print function. */
  static String format(Pointer format, Pointer arguments) {
    byte[] text = new byte[16_384];
    int length = Formatting.vsnprintf(text, text.length, format, arguments);
    int end = Math.clamp(length, 0, text.length - 1);
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(text, 0, end)).toString();
  }

  private static final class Formatting {
    static {
      Native.register(Formatting.class, "c");
    }

    static native int vsnprintf(byte[] text, long size, Pointer format, Pointer arguments);
  }
}
