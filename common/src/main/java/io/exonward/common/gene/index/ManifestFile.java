package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import io.exonward.common.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The manifest on disk. It is written aside, made durable, and renamed over the old one; then the
 * directory is made durable: whenever the machine stops, the old or the new one is there whole. The
 * last four bytes are the CRC-32C of the rest.
 */
final class ManifestFile {
  static final String NAME = "manifest";
  static final String UNFINISHED = "manifest.new";

  private static final long MAGIC = 0x4558_4D41_4E49_4601L; // "EXMANIF" and the format's version
  private static final int MAX_BYTES = 1 << 30;

  private ManifestFile() {}

  static void write(Path directory, Manifest manifest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writeBody(out, manifest);
    CRC32C crc = new CRC32C();
    crc.update(bytes.toByteArray());
    out.writeInt((int) crc.getValue());
    Path unfinished = directory.resolve(UNFINISHED);
    try (FileChannel file =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray()); rest.hasRemaining(); ) {
        file.write(rest);
      }
      file.force(true);
    }
    Files.move(
        unfinished,
        directory.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(directory);
  }

  /** Makes the names in a directory durable. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void writeBody(DataOutputStream out, Manifest manifest) throws IOException {
    out.writeLong(MAGIC);
    out.writeInt(manifest.definition());
    out.writeInt(manifest.nextFamily());
    out.writeInt(manifest.nextOrigin());
    out.writeInt(manifest.nextSegment());
    out.writeInt(manifest.families().size());
    for (Manifest.Entry entry : manifest.families()) {
      out.writeInt(entry.number());
      out.writeUTF(entry.family().name());
      out.writeUTF(entry.family().kind().name());
      out.writeInt(entry.origins().size());
      for (Manifest.Origin origin : entry.origins()) {
        out.writeInt(origin.number());
        out.writeUTF(origin.version());
      }
      out.writeInt(entry.samples().size());
      for (Sample sample : entry.samples()) {
        out.write(sample.sha256().toBytes());
        out.writeUTF(sample.version());
        out.writeUTF(sample.provenance());
      }
    }
    out.writeInt(manifest.segments().size());
    for (Manifest.SegmentFile segment : manifest.segments()) {
      out.writeInt(segment.number());
      out.writeLong(segment.bytes());
      out.writeLong(segment.checksum());
    }
  }

  /**
   * Reads the manifest of a directory.
   *
   * @throws GeneIndexException if there is none, or it is damaged
   */
  static Manifest read(Path directory) throws IOException {
    Path path = directory.resolve(NAME);
    byte[] bytes;
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new GeneIndexException(Problem.DAMAGED, path + " is larger than " + MAX_BYTES);
      }
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new GeneIndexException(Problem.ABSENT, "no gene index in " + directory, e);
    }
    int length = bytes.length - Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, Math.max(0, length));
    if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != (int) crc.getValue()) {
      throw new GeneIndexException(Problem.DAMAGED, path + " is not what was written: checksum");
    }
    try {
      return readBody(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
    } catch (IOException | IllegalArgumentException e) {
      throw new GeneIndexException(Problem.DAMAGED, path + " is damaged: " + e.getMessage(), e);
    }
  }

  private static Manifest readBody(DataInputStream in) throws IOException {
    if (in.readLong() != MAGIC) {
      throw new IOException("not a gene index of this version");
    }
    int definition = in.readInt();
    int nextFamily = in.readInt();
    int nextOrigin = in.readInt();
    int nextSegment = in.readInt();
    List<Manifest.Entry> families = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      families.add(readFamily(in, nextOrigin));
    }
    List<Manifest.SegmentFile> segments = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      segments.add(new Manifest.SegmentFile(in.readInt(), in.readLong(), in.readLong()));
    }
    // the table of origins has a place for each number
    if (nextOrigin < 0 || nextOrigin > MAX_BYTES / Long.BYTES) {
      throw new IOException("has " + nextOrigin + " origins");
    }
    return new Manifest(definition, nextFamily, nextOrigin, nextSegment, families, segments);
  }

  private static Manifest.Entry readFamily(DataInputStream in, int nextOrigin) throws IOException {
    int number = in.readInt();
    Family family = new Family(in.readUTF(), Family.Kind.valueOf(in.readUTF()));
    List<Manifest.Origin> origins = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      Manifest.Origin origin = new Manifest.Origin(in.readInt(), in.readUTF());
      if (origin.number() < 0 || origin.number() >= nextOrigin) {
        throw new IOException("origin " + origin.number() + " of " + nextOrigin);
      }
      origins.add(origin);
    }
    List<Sample> samples = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      samples.add(new Sample(Sha256.of(in.readNBytes(Sha256.BYTES)), in.readUTF(), in.readUTF()));
    }
    return new Manifest.Entry(number, family, origins, samples);
  }
}
