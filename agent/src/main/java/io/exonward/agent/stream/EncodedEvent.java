package io.exonward.agent.stream;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.Event;
import io.exonward.v1.EventBatch;
import java.io.IOException;
import java.util.List;

/** An event as the spool holds it. The payload is shared, not copied: nobody changes it. */
final class EncodedEvent {
  private static final int LENGTH_DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final long sequence;
  private final byte[] payload;

  EncodedEvent(long sequence, byte[] payload) {
    this.sequence = sequence;
    this.payload = payload;
  }

  long sequence() {
    return sequence;
  }

  /** The event without its sequence. */
  byte[] payload() {
    return payload;
  }

  /**
   * The AgentMessage with a batch of them, as it is on the wire. They are not parsed for it: a
   * message inside of another one stands there as its bytes behind a tag and a length, and a field
   * that is put at its end is as good as one inside. // protobuf.dev/programming-guides/encoding
   */
  static byte[] message(List<EncodedEvent> events) {
    int batch = 0;
    for (EncodedEvent event : events) {
      int size = event.size();
      batch += CodedOutputStream.computeTagSize(EventBatch.EVENTS_FIELD_NUMBER);
      batch += CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }
    int head =
        CodedOutputStream.computeTagSize(AgentMessage.EVENTS_FIELD_NUMBER)
            + CodedOutputStream.computeUInt32SizeNoTag(batch);
    byte[] message = new byte[head + batch];
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    try {
      out.writeTag(AgentMessage.EVENTS_FIELD_NUMBER, LENGTH_DELIMITED);
      out.writeUInt32NoTag(batch);
      for (EncodedEvent event : events) {
        out.writeTag(EventBatch.EVENTS_FIELD_NUMBER, LENGTH_DELIMITED);
        out.writeUInt32NoTag(event.size());
        out.writeRawBytes(event.payload);
        out.writeUInt64(Event.SEQUENCE_FIELD_NUMBER, event.sequence);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("an array of the computed size has room", e);
    }
    return message;
  }

  private int size() {
    return payload.length
        + CodedOutputStream.computeUInt64Size(Event.SEQUENCE_FIELD_NUMBER, sequence);
  }
}
