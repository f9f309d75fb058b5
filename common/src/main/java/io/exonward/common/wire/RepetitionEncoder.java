package io.exonward.common.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import io.exonward.v1.Repetition;
import io.exonward.v1.Run;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes a repetition, without a message object for each of its runs: on a busy host they are most
 * of what an agent sends.
 */
final class RepetitionEncoder {
  private final io.exonward.v1.Event envelope;
  private final Repetition repetition;
  private final List<Event.Run> runs;
  private final int[] sizes; // of the runs, without tag and length
  private final int repetitionSize;

  private RepetitionEncoder(ObservedEvent event, Event.Repetition repeated) {
    envelope = KindCodec.envelope(event).build();
    repetition = KindCodec.encode(repeated);
    runs = repeated.runs();
    sizes = new int[runs.size()];
    int size = repetition.getSerializedSize();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(runs.get(i));
      size += nested(Repetition.RUNS_FIELD_NUMBER, sizes[i]);
    }
    repetitionSize = size;
  }

  static byte[] encode(ObservedEvent event, Event.Repetition repetition) {
    return new RepetitionEncoder(event, repetition).encode();
  }

  private byte[] encode() {
    int field = io.exonward.v1.Event.REPETITION_FIELD_NUMBER;
    byte[] encoded = new byte[envelope.getSerializedSize() + nested(field, repetitionSize)];
    CodedOutputStream out = CodedOutputStream.newInstance(encoded);
    try {
      envelope.writeTo(out);
      writeHeader(out, field, repetitionSize);
      repetition.writeTo(out);
      for (int i = 0; i < sizes.length; i++) {
        writeHeader(out, Repetition.RUNS_FIELD_NUMBER, sizes[i]);
        write(out, runs.get(i));
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("an array of the computed size has room", e);
    }
    return encoded;
  }

  /** What a message of that size takes as a field of another. */
  private static int nested(int field, int size) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  private static void writeHeader(CodedOutputStream out, int field, int size) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(size);
  }

  private static int size(Event.Run run) {
    int size =
        CodedOutputStream.computeUInt32Size(Run.PID_FIELD_NUMBER, run.pid())
            + CodedOutputStream.computeUInt64Size(Run.START_TICKS_FIELD_NUMBER, run.startTicks())
            + nested(Run.AT_FIELD_NUMBER, size(run.at()))
            + CodedOutputStream.computeUInt64Size(Run.COUNT_FIELD_NUMBER, run.count());
    List<String> arguments = run.commandLine();
    for (int i = 0; i < arguments.size(); i++) {
      size += CodedOutputStream.computeStringSize(Run.COMMAND_LINE_FIELD_NUMBER, arguments.get(i));
    }
    if (run.isCommandLineTruncated()) {
      size += CodedOutputStream.computeBoolSize(Run.COMMAND_LINE_TRUNCATED_FIELD_NUMBER, true);
    }
    return size;
  }

  private static void write(CodedOutputStream out, Event.Run run) throws IOException {
    out.writeUInt32(Run.PID_FIELD_NUMBER, run.pid());
    out.writeUInt64(Run.START_TICKS_FIELD_NUMBER, run.startTicks());
    List<String> arguments = run.commandLine();
    for (int i = 0; i < arguments.size(); i++) {
      out.writeString(Run.COMMAND_LINE_FIELD_NUMBER, arguments.get(i));
    }
    if (run.isCommandLineTruncated()) {
      out.writeBool(Run.COMMAND_LINE_TRUNCATED_FIELD_NUMBER, true);
    }
    Instant at = run.at();
    writeHeader(out, Run.AT_FIELD_NUMBER, size(at));
    out.writeInt64(Timestamp.SECONDS_FIELD_NUMBER, at.getEpochSecond());
    out.writeInt32(Timestamp.NANOS_FIELD_NUMBER, at.getNano());
    out.writeUInt64(Run.COUNT_FIELD_NUMBER, run.count());
  }

  private static int size(Instant at) {
    return CodedOutputStream.computeInt64Size(Timestamp.SECONDS_FIELD_NUMBER, at.getEpochSecond())
        + CodedOutputStream.computeInt32Size(Timestamp.NANOS_FIELD_NUMBER, at.getNano());
  }
}
