package io.exonward.agent.sensor.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Finds a structure in the type information of a BPF object. // linux Documentation/bpf/btf.rst */
public final class BtfStruct {
  private static final int BTF_MAGIC = 0xeb9f;
  private static final int KIND_STRUCT = 4;

  private final ByteBuffer btf;
  private final int types;
  private final int strings;
  private final Map<String, Integer> members = new HashMap<>();
  private int sizeBytes = -1;

  private BtfStruct(ByteBuffer btf, String name) {
    this.btf = btf;
    int headerBytes = btf.getInt(4);
    types = headerBytes + btf.getInt(8);
    strings = headerBytes + btf.getInt(16);
    int end = types + btf.getInt(12);
    for (int at = types; at < end; ) {
      at = visit(at, name);
    }
    if (sizeBytes < 0) {
      throw new AssertionError("the object has no struct " + name);
    }
  }

  /** Offsets in bytes by the name of the member. */
  public static Map<String, Integer> read(byte[] object, String name) {
    return new BtfStruct(section(object), name).members;
  }

  /** Size of the structure. */
  public static int sizeBytes(byte[] object, String name) {
    return new BtfStruct(section(object), name).sizeBytes;
  }

  private int visit(int at, String name) {
    int info = btf.getInt(at + 4);
    int kind = info >>> 24 & 0x1f;
    int count = info & 0xffff;
    if (kind == KIND_STRUCT && string(btf.getInt(at)).equals(name)) {
      sizeBytes = btf.getInt(at + 8);
      for (int i = 0; i < count; i++) {
        int member = at + 12 + i * 12;
        members.put(string(btf.getInt(member)), btf.getInt(member + 8) / 8);
      }
    }
    return at + 12 + trailingBytes(kind, count);
  }

  private static int trailingBytes(int kind, int count) {
    return switch (kind) {
      case 1, 14, 17 -> 4; // INT, VAR, DECL_TAG
      case 3 -> 12; // ARRAY
      case 4, 5, 15, 19 -> 12 * count; // STRUCT, UNION, DATASEC, ENUM64
      case 6, 13 -> 8 * count; // ENUM, FUNC_PROTO
      default -> 0;
    };
  }

  private String string(int offset) {
    StringBuilder text = new StringBuilder();
    for (int at = strings + offset; btf.get(at) != 0; at++) {
      text.append((char) btf.get(at));
    }
    return text.toString();
  }

  /** The .BTF section, known by its magic and the size of its header. */
  private static ByteBuffer section(byte[] object) {
    ByteBuffer elf = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
    long sections = elf.getLong(0x28);
    int entryBytes = elf.getShort(0x3a);
    int count = elf.getShort(0x3c);
    for (int i = 0; i < count; i++) {
      int header = (int) sections + i * entryBytes;
      int offset = (int) elf.getLong(header + 0x18);
      int size = (int) elf.getLong(header + 0x20);
      boolean isBtf = size > 24 && Short.toUnsignedInt(elf.getShort(offset)) == BTF_MAGIC;
      // .BTF.ext has the same magic and 32 bytes of header instead of 24
      if (isBtf && elf.getInt(offset + 4) == 24) {
        return elf.slice(offset, size).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    throw new AssertionError("the object has no .BTF section");
  }
}
