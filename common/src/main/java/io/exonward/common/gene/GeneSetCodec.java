package io.exonward.common.gene;

import io.exonward.common.elf.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gene sets as bytes: the form that agents send, the server keeps and files exchange. Equal gene
 * sets are equal bytes, and other bytes that would mean the same are refused, so that their digests
 * can be compared.
 *
 * <p>Order: "XG", version, definition (16 bits), architecture, flags, bytes of code; genes of the
 * whole by type; dictionaries by type of the genes of functions; functions, by address.
 */
public final class GeneSetCodec {
  private static final int MAGIC = 'X' | 'G' << 8;
  private static final int VERSION = 1;
  private static final int IS_COMPLETE = 1;
  private static final long BOUND = Genes.MAX + 1;
  private static final int MAX_NAME_BYTES = 2048;
  private static final int MIN_FUNCTION_BITS = 15 * Byte.SIZE;

  private GeneSetCodec() {}

  /**
   * Takes about four bytes for each gene of the whole, and one and a half for each of a function.
   *
   * @throws IllegalArgumentException if functions are not by ascending address
   */
  public static byte[] encode(GeneSet genes) {
    BitWriter out = new BitWriter();
    out.bits(MAGIC, Short.SIZE);
    out.bits(VERSION, Byte.SIZE);
    out.bits(genes.definition(), Short.SIZE);
    out.bits(code(genes.architecture()), Byte.SIZE);
    out.bits(genes.isComplete() ? IS_COMPLETE : 0, Byte.SIZE);
    out.number(genes.codeBytes());
    for (Genes some : List.of(genes.stream(), genes.triples(), genes.strings())) {
      SortedCode.write(out, some.stream().toArray(), some.size(), BOUND);
    }
    Dictionaries dictionaries = Dictionaries.of(genes.functions());
    dictionaries.write(out);
    out.number(genes.functions().size());
    long before = 0;
    for (FunctionGenes function : genes.functions()) {
      if (Long.compareUnsigned(function.address(), before) < 0) {
        throw new IllegalArgumentException("functions are not by address");
      }
      write(out, function, before, dictionaries);
      before = function.address();
    }
    return out.bytes();
  }

  private static void write(
      BitWriter out, FunctionGenes function, long before, Dictionaries dictionaries) {
    out.number(function.address() - before);
    out.number(function.sizeBytes());
    out.number(function.instructions());
    byte[] name = name(function.name());
    out.number(name.length);
    for (byte each : name) {
      out.bits(each, Byte.SIZE);
    }
    out.word(function.exact());
    dictionaries.fragments.writeGenes(out, function.fragments());
    dictionaries.constants.writeGenes(out, function.constants());
    dictionaries.strings.writeGenes(out, function.strings());
    dictionaries.imports.writeGenes(out, function.imports());
    dictionaries.neighbors.writeGenes(out, function.neighbors());
  }

  private static byte[] name(@Nullable String name) {
    byte[] bytes = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("a name has " + bytes.length + " bytes");
    }
    return bytes;
  }

  /**
   * Reads what {@link #encode} wrote. Takes memory for at most {@code maxGenes} genes of 8 bytes.
   *
   * @throws GeneFormatException if it is anything else, or has more genes
   */
  public static GeneSet decode(byte[] bytes, int maxGenes) throws GeneFormatException {
    BitReader in = new BitReader(bytes);
    if (in.bits(Short.SIZE) != MAGIC) {
      throw new GeneFormatException("it is not a gene set");
    }
    long version = in.bits(Byte.SIZE);
    if (version != VERSION) {
      throw new GeneFormatException("it has version %d, not %d".formatted(version, VERSION));
    }
    int definition = (int) in.bits(Short.SIZE);
    Architecture architecture = architecture((int) in.bits(Byte.SIZE));
    long flags = in.bits(Byte.SIZE);
    if (flags > IS_COMPLETE) {
      throw new GeneFormatException("it has unknown flags");
    }
    long codeBytes = in.number();
    Room room = new Room(maxGenes);
    Genes stream = room.take(Genes.of(SortedCode.read(in, BOUND, room.left)));
    Genes triples = room.take(Genes.of(SortedCode.read(in, BOUND, room.left)));
    Genes strings = room.take(Genes.of(SortedCode.read(in, BOUND, room.left)));
    List<FunctionGenes> functions = functions(in, room);
    in.end();
    return new GeneSet(
        definition,
        architecture,
        codeBytes,
        stream,
        triples,
        strings,
        functions,
        flags == IS_COMPLETE);
  }

  private static List<FunctionGenes> functions(BitReader in, Room room) throws GeneFormatException {
    Dictionaries dictionaries = Dictionaries.read(in, room);
    int count = in.number((int) Math.min(in.left() / MIN_FUNCTION_BITS, room.left), "functions");
    List<FunctionGenes> functions = new ArrayList<>();
    long address = 0;
    for (int i = 0; i < count; i++) {
      long distance = in.number();
      if (Long.compareUnsigned(address + distance, address) < 0) {
        throw new GeneFormatException("functions are not by address");
      }
      address += distance;
      functions.add(function(in, address, dictionaries, room));
    }
    return functions;
  }

  private static FunctionGenes function(
      BitReader in, long address, Dictionaries dictionaries, Room room) throws GeneFormatException {
    int size = in.number(Integer.MAX_VALUE, "a function's size");
    int instructions = in.number(Integer.MAX_VALUE, "instructions");
    String name = readName(in);
    long exact = in.word();
    room.take(1); // itself
    return new FunctionGenes(
        address,
        size,
        instructions,
        name,
        room.take(dictionaries.fragments.readGenes(in, room.left)),
        room.take(dictionaries.constants.readGenes(in, room.left)),
        room.take(dictionaries.strings.readGenes(in, room.left)),
        room.take(dictionaries.imports.readGenes(in, room.left)),
        room.take(dictionaries.neighbors.readGenes(in, room.left)),
        exact);
  }

  private static @Nullable String readName(BitReader in) throws GeneFormatException {
    byte[] name = new byte[in.number(MAX_NAME_BYTES, "bytes of a name")];
    for (int i = 0; i < name.length; i++) {
      name[i] = (byte) in.bits(Byte.SIZE);
    }
    String text = new String(name, StandardCharsets.UTF_8);
    if (text.getBytes(StandardCharsets.UTF_8).length != name.length
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new GeneFormatException("a name has characters that no name has");
    }
    return name.length == 0 ? null : text;
  }

  private static int code(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> 1;
      case AARCH64 -> 2;
    };
  }

  private static Architecture architecture(int code) throws GeneFormatException {
    return switch (code) {
      case 1 -> Architecture.X86_64;
      case 2 -> Architecture.AARCH64;
      default -> throw new GeneFormatException("it is for an unknown processor: " + code);
    };
  }

  /** How many more genes there may be. */
  private static final class Room {
    private int left;

    Room(int left) {
      this.left = left;
    }

    Genes take(Genes genes) throws GeneFormatException {
      take(genes.size());
      return genes;
    }

    void take(int count) throws GeneFormatException {
      left -= count;
      if (left < 0) {
        throw new GeneFormatException("it has too many genes");
      }
    }
  }

  /** One of each type. */
  private record Dictionaries(
      GeneDictionary fragments,
      GeneDictionary constants,
      GeneDictionary strings,
      GeneDictionary imports,
      GeneDictionary neighbors) {
    static Dictionaries of(List<FunctionGenes> functions) {
      return new Dictionaries(
          GeneDictionary.of(functions, FunctionGenes::fragments),
          GeneDictionary.of(functions, FunctionGenes::constants),
          GeneDictionary.of(functions, FunctionGenes::strings),
          GeneDictionary.of(functions, FunctionGenes::imports),
          GeneDictionary.of(functions, FunctionGenes::neighbors));
    }

    static Dictionaries read(BitReader in, Room room) throws GeneFormatException {
      return new Dictionaries(
          GeneDictionary.read(in, room.left),
          GeneDictionary.read(in, room.left),
          GeneDictionary.read(in, room.left),
          GeneDictionary.read(in, room.left),
          GeneDictionary.read(in, room.left));
    }

    void write(BitWriter out) {
      fragments.write(out);
      constants.write(out);
      strings.write(out);
      imports.write(out);
      neighbors.write(out);
    }
  }
}
