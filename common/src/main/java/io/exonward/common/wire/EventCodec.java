package io.exonward.common.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import java.io.IOException;
import java.util.Arrays;

/**
 * Events as bytes: what the spool holds and the stream carries.
 *
 * <p>Encoding does not truncate: the caller keeps to {@link Limits}. Decoding checks every limit,
 * because the sender may be hostile. An event of a kind, or with a code origin, that this side does
 * not know becomes {@link Event.Unrecognized} and keeps its bytes.
 */
public final class EventCodec {
  private EventCodec() {}

  /**
   * The event without a sequence.
   *
   * @throws WireException if it takes more than {@link Limits#EVENT_BYTES}, less room for a
   *     sequence
   */
  public static byte[] encode(ObservedEvent event) {
    byte[] encoded =
        switch (event.event()) {
          case Event.Unrecognized unrecognized -> unrecognized.encoded();
          case Event.Repetition repetition -> RepetitionEncoder.encode(event, repetition);
          default -> KindCodec.encode(event).toByteArray();
        };
    int room = CodedOutputStream.computeUInt64Size(io.exonward.v1.Event.SEQUENCE_FIELD_NUMBER, -1L);
    Field.atMost("event", encoded.length, Limits.EVENT_BYTES - room, "bytes");
    return encoded;
  }

  /**
   * Puts a sequence on an encoded event, in a new array and without decoding it. A sequence that is
   * already there is overruled: of a field that comes twice the last counts.
   */
  public static byte[] withSequence(byte[] encoded, long sequence) {
    Field.range("event.sequence", sequence, 1, Long.MAX_VALUE);
    int field = io.exonward.v1.Event.SEQUENCE_FIELD_NUMBER;
    int size = CodedOutputStream.computeUInt64Size(field, sequence);
    byte[] sequenced = Arrays.copyOf(encoded, encoded.length + size);
    CodedOutputStream tail = CodedOutputStream.newInstance(sequenced, encoded.length, size);
    try {
      tail.writeUInt64(field, sequence);
    } catch (IOException e) {
      throw new IllegalStateException("an array of the computed size has room", e);
    }
    return sequenced;
  }

  /**
   * Reads an event with its sequence.
   *
   * @throws WireException if it is malformed or breaks a limit
   */
  public static SequencedEvent decode(byte[] encoded) {
    Field.atMost("event", encoded.length, Limits.EVENT_BYTES, "bytes");
    try {
      return decode(io.exonward.v1.Event.parseFrom(encoded));
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("event: malformed: " + e.getMessage(), e);
    }
  }

  /**
   * The same from a message that is already parsed.
   *
   * @throws WireException if it breaks a limit
   */
  public static SequencedEvent decode(io.exonward.v1.Event proto) {
    Field.atMost("event", proto.getSerializedSize(), Limits.EVENT_BYTES, "bytes");
    long sequence = Field.range("event.sequence", proto.getSequence(), 1, Long.MAX_VALUE);
    return new SequencedEvent(
        sequence,
        new ObservedEvent(
            Field.optionalInstant(
                "event.occurred_at", proto.hasOccurredAt(), proto.getOccurredAt()),
            Field.instant("event.observed_at", proto.hasObservedAt(), proto.getObservedAt()),
            KindCodec.decode(proto)));
  }
}
