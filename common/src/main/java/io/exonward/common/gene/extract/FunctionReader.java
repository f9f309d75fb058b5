package io.exonward.common.gene.extract;

import io.exonward.common.elf.ElfImage;
import io.exonward.common.elf.FunctionRange;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.Genes;
import io.exonward.common.gene.decode.Decoder;
import io.exonward.common.gene.decode.Flow;
import io.exonward.common.gene.decode.Instruction;
import io.exonward.common.gene.decode.Memory;
import io.exonward.common.gene.decode.References;
import org.jspecify.annotations.Nullable;

/** Makes the genes of one function after the other, and those of the whole. Used by one thread. */
final class FunctionReader {
  /** Numbers up to here are everywhere: sizes, shifts, small counts. */
  private static final int COMMON_NUMBER = 15;

  /** Of a linkage stub, for either processor. */
  private static final int MAX_STUB_INSTRUCTIONS = 5;

  private final ElfImage image;
  private final byte[] file;
  private final Budget budget;
  private final WholeGenes whole;
  private final Decoder decoder;
  private final Instruction instruction = new Instruction();
  private final References references = new References();
  private final StreamWindow window = new StreamWindow();
  private final Numbers stream = new Numbers();
  private final Numbers fragments = new Numbers();
  private final Numbers constants = new Numbers();
  private final Numbers strings = new Numbers();
  private final Numbers imports = new Numbers();
  private final Numbers callees = new Numbers();
  private int instructions;
  private int stubJumps;
  private boolean isAfterAddress;
  private long beforeLast;
  private long last;
  private long exact;

  FunctionReader(ElfImage image, byte[] file, Budget budget, WholeGenes whole) {
    this.image = image;
    this.file = file;
    this.budget = budget;
    this.whole = whole;
    this.decoder = Decoder.of(image.architecture());
  }

  /**
   * The genes of a function, without those of its neighbors; null if there is no instruction in it.
   * Ends with the budget.
   */
  @Nullable FunctionGenes read(Piece piece) {
    begin();
    int at = piece.offset();
    int end = at + piece.bytes();
    int codeEnd = at;
    while (at < end && budget.takeInstruction()) {
      int length = decoder.decode(file, at, end, instruction);
      if (length == 0) {
        at += decoder.step();
        window.restart();
        continue;
      }
      if (!instruction.isPadding()) {
        take(at, piece.address() + (at - piece.offset()));
        codeEnd = at + length;
      }
      at += length;
    }
    return instructions == 0 || isLinkage() ? null : finish(piece, codeEnd - piece.offset());
  }

  /** Whether it is a table of jumps through memory: linkers make such stubs, in every program. */
  private boolean isLinkage() {
    return stubJumps * MAX_STUB_INSTRUCTIONS >= instructions;
  }

  /** Where the function that was read last calls or jumps to, its own addresses among them. */
  long[] callees() {
    return callees.distinct();
  }

  private void begin() {
    window.restart();
    references.forget();
    stream.clear();
    fragments.clear();
    constants.clear();
    strings.clear();
    imports.clear();
    callees.clear();
    instructions = 0;
    stubJumps = 0;
    isAfterAddress = false;
    exact = GeneHash.EXACT_SEED;
  }

  private FunctionGenes finish(Piece piece, int bytes) {
    Genes ownConstants = constants.genes();
    Genes ownStrings = strings.genes();
    whole.addStream(stream);
    whole.addTriples(ownConstants);
    whole.addStrings(ownStrings);
    return new FunctionGenes(
        piece.address(),
        bytes,
        instructions,
        image.name(piece.nameOffset()),
        fragments.genes(),
        ownConstants,
        ownStrings,
        imports.genes(),
        Genes.NONE,
        GeneHash.mix(exact));
  }

  private void take(int at, long address) {
    long named = references.follow(instruction, address);
    long absolute = named == References.UNKNOWN ? absoluteAddress() : References.UNKNOWN;
    boolean isAddress = references.isAddressPart() || absolute != References.UNKNOWN;
    if (instruction.flow() == Flow.INDIRECT_JUMP
        && (named != References.UNKNOWN || isAfterAddress)) {
      stubJumps++;
    }
    isAfterAddress = references.isAddressPart();
    exact = decoder.absorb(exact, file, at, instruction, isAddress);
    addToken(isAddress ? instruction.addressToken() : instruction.token());
    addReference(named == References.UNKNOWN ? absolute : named);
    if (!isAddress) {
      addNumbers();
    }
  }

  /** The address that a plain number is, where numbers can be addresses. */
  private long absoluteAddress() {
    if (!image.isFixed()) {
      return References.UNKNOWN;
    }
    if (instruction.memory() == Memory.ABSOLUTE || instruction.memory() == Memory.TABLE) {
      return image.isMapped(instruction.displacement())
          ? instruction.displacement()
          : References.UNKNOWN;
    }
    long number = instruction.immediate() & 0xffffffffL;
    return instruction.immediateSize() == Integer.BYTES
            && instruction.flow() == Flow.NEXT
            && image.isMapped(number)
        ? number
        : References.UNKNOWN;
  }

  private void addToken(int token) {
    long mixed = GeneHash.mix(token);
    if (window.add(mixed)) {
      stream.add(window.gene());
    }
    instructions++;
    if (instructions >= 3) {
      fragments.add(GeneHash.fragment(beforeLast + last + mixed));
    }
    beforeLast = last;
    last = mixed;
  }

  private void addReference(long address) {
    if (address == References.UNKNOWN) {
      return;
    }
    switch (instruction.flow()) {
      case CALL, JUMP -> addCall(address);
      case INDIRECT_CALL, INDIRECT_JUMP -> addImport(image.importInSlot(address));
      case NEXT -> addData(address);
      case CONDITIONAL_JUMP, RETURN, SYSTEM_CALL, TRAP -> {}
    }
  }

  private void addCall(long address) {
    int imported = image.importAt(address);
    if (imported == FunctionRange.NO_NAME) {
      callees.add(address);
    } else {
      addImport(imported);
    }
  }

  private void addData(long address) {
    int imported = image.importInSlot(address);
    if (imported != FunctionRange.NO_NAME) {
      addImport(imported);
      return;
    }
    int offset = image.offsetOf(address);
    long text = offset < 0 ? Texts.NONE : Texts.at(file, offset);
    if (text != Texts.NONE) {
      strings.add(text);
    }
  }

  private void addImport(int nameOffset) {
    if (nameOffset != FunctionRange.NO_NAME) {
      imports.add(GeneHash.text(file, nameOffset, image.endOfName(nameOffset)));
    }
  }

  private void addNumbers() {
    if (references.hasNumber()) {
      long number = references.number();
      if (number > COMMON_NUMBER || number < -COMMON_NUMBER) {
        constants.add(GeneHash.constant(number));
      }
    }
    boolean isField = instruction.memory() == Memory.BASE || instruction.memory() == Memory.INDEXED;
    if (isField && instruction.displacement() != 0) {
      constants.add(GeneHash.displacement(instruction.displacement()));
    }
  }
}
