package io.exonward.server.cli.gene;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lzma.LZMACompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Unpacks what packages are compressed with, told by the first bytes: names can lie. */
final class Decompression {
  private static final int MAX_DICTIONARY_KIB = 100 << 10;
  private static final int SIGNATURE_BYTES = 6;

  private Decompression() {}

  /** The content of a compressed stream; of one in no known form, the stream itself. */
  static InputStream of(InputStream compressed) throws IOException {
    BufferedInputStream in = new BufferedInputStream(compressed, 1 << 16);
    in.mark(SIGNATURE_BYTES);
    byte[] start = in.readNBytes(SIGNATURE_BYTES);
    in.reset();
    if (starts(start, 0x1f, 0x8b)) { // RFC 1952
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
    if (starts(start, 0xfd, '7', 'z', 'X', 'Z', 0)) { // tukaani.org xz-file-format 1.2
      return XZCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(MAX_DICTIONARY_KIB)
          .get();
    }
    if (starts(start, 0x28, 0xb5, 0x2f, 0xfd)) { // RFC 8878
      return new ZstdCompressorInputStream(in);
    }
    if (starts(start, 'B', 'Z', 'h')) {
      return new BZip2CompressorInputStream(in, true);
    }
    return starts(start, 0x5d, 0, 0)
        ? LZMACompressorInputStream.builder()
            .setInputStream(in)
            .setMemoryLimitKiB(MAX_DICTIONARY_KIB)
            .get()
        : in;
  }

  private static boolean starts(byte[] bytes, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
