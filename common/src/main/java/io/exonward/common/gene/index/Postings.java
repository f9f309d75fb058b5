package io.exonward.common.gene.index;

import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Lists of functions that have a gene: how many different functions, how many are named, and their
 * numbers as differences, each as a varint. Functions of frequent genes are only counted.
 */
final class Postings {
  /** A gene of more different functions finds none: it would cost much and say little. */
  static final int MAX_DIFFERENT = 2000;

  /** Several builds of a function have a number each. */
  static final int MAX_NAMED = 4 * MAX_DIFFERENT;

  private static final int MAX_VARINT_BITS = 35;

  private final MemorySegment bytes;
  private final long offset;
  private final long length;

  Postings(MemorySegment bytes, long offset, long length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** Writes one list; {@code functions} is empty if they are only counted. */
  static void write(SectionOutput out, int different, int[] functions) throws IOException {
    out.putVarint(different);
    out.putVarint(functions.length);
    int before = 0;
    for (int function : functions) {
      out.putVarint(function - before);
      before = function;
    }
  }

  /** Number of different functions of the list at {@code place}. */
  int different(long place) {
    return new Reader(place).next();
  }

  /** Functions of the list at {@code place}; empty if they are only counted. */
  int[] functions(long place) {
    Reader reader = new Reader(place);
    reader.next();
    int count = reader.next();
    if (count > MAX_NAMED) {
      throw damaged("a gene with " + count + " functions");
    }
    int[] functions = new int[count];
    int number = 0;
    for (int i = 0; i < count; i++) {
      number += reader.next();
      functions[i] = number;
    }
    return functions;
  }

  private static GeneIndexException damaged(String what) {
    return new GeneIndexException(Problem.DAMAGED, "damaged segment: " + what);
  }

  private final class Reader {
    private long place;

    Reader(long place) {
      this.place = place;
    }

    int next() {
      long value = 0;
      for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
        if (place < 0 || place >= length) {
          break;
        }
        byte read = bytes.get(ValueLayout.JAVA_BYTE, offset + place++);
        value |= (read & 0x7FL) << shift;
        if (read >= 0) {
          if (value > Integer.MAX_VALUE) {
            break;
          }
          return (int) value;
        }
      }
      throw damaged("a number that does not end");
    }
  }
}
