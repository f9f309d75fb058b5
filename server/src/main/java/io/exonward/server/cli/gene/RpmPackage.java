package io.exonward.server.cli.gene;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;

/**
 * RPM packages, format 3 and 4: a lead, a signature header, a header, and a compressed cpio archive
 * (rpm.org, "RPM V4 Package format").
 *
 * <p>Not handled: packages whose files are larger than 4 GiB, which have a cpio form of their own.
 */
final class RpmPackage {
  private static final int LEAD_BYTES = 96;
  private static final int HEADER_MAGIC = 0x8eade801;
  private static final int ENTRY_BYTES = 16;
  private static final int MAX_ENTRIES = 1 << 16; // rpm 4.19 lib/header.c, hdrchkTags
  private static final int MAX_STORE_BYTES = 64 << 20;
  private static final int STRING = 6;
  private static final int TAG_VERSION = 1001;
  private static final int TAG_RELEASE = 1002;

  private final String name;
  private final PackageLimits limits;
  private final CodeSink sink;

  RpmPackage(String name, PackageLimits limits, CodeSink sink) {
    this.name = name;
    this.limits = limits;
    this.sink = sink;
  }

  void read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    data.skipNBytes(LEAD_BYTES);
    Header signature = Header.read(data);
    // The header after it begins at a multiple of 8.
    data.skipNBytes(-signature.store.length & 7);
    Header header = Header.read(data);
    String version = header.text(TAG_VERSION);
    String release = header.text(TAG_RELEASE);
    InputStream payload = new LimitedStream(Decompression.of(data), limits.maxUnpackedBytes());
    new PackageContents(name, release.isEmpty() ? version : version + "-" + release, limits, sink)
        .read(new CpioArchiveInputStream(payload), CpioArchiveEntry::isRegularFile);
  }

  /** An index of tags, and a store with their values. */
  private static final class Header {
    private final ByteBuffer index;
    private final byte[] store;

    private Header(ByteBuffer index, byte[] store) {
      this.index = index;
      this.store = store;
    }

    static Header read(DataInputStream in) throws IOException {
      if (in.readInt() != HEADER_MAGIC) {
        throw new PackageException("has no header where one belongs");
      }
      in.skipNBytes(Integer.BYTES);
      int entries = in.readInt();
      int bytes = in.readInt();
      if (entries < 0 || entries > MAX_ENTRIES || bytes < 0 || bytes > MAX_STORE_BYTES) {
        throw new PackageException("has a header of " + entries + " tags and " + bytes + " bytes");
      }
      byte[] index = in.readNBytes(entries * ENTRY_BYTES);
      byte[] store = in.readNBytes(bytes);
      if (index.length < entries * ENTRY_BYTES || store.length < bytes) {
        throw new PackageException("ends within a header");
      }
      return new Header(ByteBuffer.wrap(index), store);
    }

    /** The string of a tag; empty if there is none. */
    String text(int tag) {
      for (int at = 0; at < index.capacity(); at += ENTRY_BYTES) {
        int offset = index.getInt(at + 2 * Integer.BYTES);
        boolean isString = index.getInt(at + Integer.BYTES) == STRING;
        if (index.getInt(at) == tag && isString && offset >= 0 && offset < store.length) {
          int end = offset;
          while (end < store.length && store[end] != 0) {
            end++;
          }
          return new String(Arrays.copyOfRange(store, offset, end), UTF_8);
        }
      }
      return "";
    }
  }
}
