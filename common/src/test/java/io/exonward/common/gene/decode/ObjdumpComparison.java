package io.exonward.common.gene.decode;

import io.exonward.common.elf.Architecture;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Compares a decoder with objdump, instruction by instruction, and says where they differ. */
final class ObjdumpComparison {
  private static final int MAX_EXAMPLES = 4;
  private static final String DATA = "data";
  private static final String VOID_REX = "void rex";
  private static final String VOID_PREFIX = "prefixes only";
  private static final String OLD_FLOAT = "wait and 8087";
  private static final Set<String> EXPLAINED = Set.of(VOID_REX, VOID_PREFIX, OLD_FLOAT);
  private static final Pattern ONLY_PREFIXES =
      Pattern.compile(
          "(addr32|data16|lock|repn?z|[c-gs]s|bnd)( +(addr32|data16|lock|repn?z|[c-gs]s|bnd))* *");
  private static final int WAIT = 0x9b;
  private static final HexFormat HEX = HexFormat.of();

  private final Decoder decoder;
  private final Disassembler disassembler = new Disassembler(Architecture.X86_64);
  private final Instruction instruction = new Instruction();
  private final Map<String, Integer> differences = new TreeMap<>();
  private final Map<String, StringBuilder> examples = new TreeMap<>();
  long instructions;
  long data;
  long unequalLengths;
  long equalTexts;

  ObjdumpComparison(Decoder decoder) {
    this.decoder = decoder;
  }

  void add(ObjdumpListing.Stretch stretch) {
    for (ObjdumpListing.Line line : stretch.lines) {
      int length = decoder.decode(stretch.code(), line.offset(), stretch.size(), instruction);
      String category = category(line, stretch.code()[line.offset()]);
      if (category.equals(DATA)) {
        data++;
        continue;
      }
      instructions++;
      compareText(stretch, line);
      if (length != line.length()) {
        unequalLengths++;
        int to = Math.min(stretch.size(), line.offset() + Decoder.MAX_LENGTH);
        String bytes = HEX.formatHex(stretch.code(), line.offset(), to);
        count(category, "%n  %s is %d: %s".formatted(bytes, length, line.text()));
      }
    }
  }

  /**
   * What kind of a place it is. The two agree on instructions; on data among them objdump has ways
   * of its own: a REX prefix that another prefix makes void is an instruction to it, and wait
   * belongs to the x87 instruction after it.
   */
  private static String category(ObjdumpListing.Line line, byte first) {
    String text = line.text();
    if (text.contains("(bad)") || text.startsWith(".byte")) {
      return DATA;
    }
    if (text.matches("((addr32|data16|lock|repn?z|[c-gs]s|bnd) +)*rex(\\.[WRXB]+)? *.*")) {
      return VOID_REX;
    }
    if (ONLY_PREFIXES.matcher(text).matches()) {
      return VOID_PREFIX;
    }
    return first == (byte) WAIT || text.contains("8087 only") || text.contains("287 only")
        ? OLD_FLOAT
        : text.split(" ", 2)[0];
  }

  private void compareText(ObjdumpListing.Stretch stretch, ObjdumpListing.Line line) {
    String theirs = canonical(line.text());
    String ours =
        canonical(disassembler.text(stretch.code(), line.offset(), stretch.size(), line.address()));
    if (ours.equals(theirs)) {
      equalTexts++;
      return;
    }
    String key = ours.startsWith("(") ? "text: no name" : "text: " + theirs.split(" ", 2)[0];
    count(key, "%n  %s  |  %s".formatted(ours, theirs));
  }

  private void count(String key, String example) {
    int count = differences.getOrDefault(key, 0) + 1;
    differences.put(key, count);
    StringBuilder some = examples.computeIfAbsent(key, k -> new StringBuilder());
    if (count <= MAX_EXAMPLES) {
      some.append(example);
    }
  }

  /** Without what is said about the address, and with single spaces. */
  private static String canonical(String text) {
    String bare = text.split("#", 2)[0].split("<", 2)[0];
    return bare.strip().replaceAll(" +", " ");
  }

  /** The share of instructions that both write the same way. */
  double equalShare() {
    return (double) equalTexts / instructions;
  }

  /** Those of another length that are no matter of opinion: see {@link #category}. */
  long unexplained() {
    return differences.entrySet().stream()
        .filter(e -> !e.getKey().startsWith("text: ") && !EXPLAINED.contains(e.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  String report() {
    StringBuilder report =
        new StringBuilder(
            "%,d instructions, %,d of another length, %.3f %% of equal text, %,d of data"
                .formatted(instructions, unequalLengths, 100 * equalShare(), data));
    differences.forEach((k, n) -> report.append("%n%s: %d%s".formatted(k, n, examples.get(k))));
    return report.toString();
  }
}
