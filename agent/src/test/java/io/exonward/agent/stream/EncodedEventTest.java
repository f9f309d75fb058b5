package io.exonward.agent.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.wire.EventCodec;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.Event;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EncodedEventTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  @Property(tries = 200)
  void message_ofAnyEvents_isReadAsThese(
      @ForAll @Size(max = 300) List<@LongRange(min = 1) Long> sequences)
      throws InvalidProtocolBufferException {
    List<EncodedEvent> events = sequences.stream().map(s -> new EncodedEvent(s, loss(s))).toList();

    AgentMessage message = AgentMessage.parseFrom(EncodedEvent.message(events));

    assertTrue(message.hasEvents());
    List<Event> read = message.getEvents().getEventsList();
    assertEquals(sequences, read.stream().map(Event::getSequence).toList());
    assertEquals(
        sequences.stream().map(s -> s >>> 1).toList(),
        read.stream().map(event -> event.getLoss().getCount()).toList());
  }

  @Test
  void message_ofLargeEvents_hasNothingElse() throws InvalidProtocolBufferException {
    byte[] large = unknown(60 << 10);
    List<EncodedEvent> events =
        LongStream.rangeClosed(1, 5).mapToObj(s -> new EncodedEvent(s, large)).toList();

    byte[] bytes = EncodedEvent.message(events);

    AgentMessage message = AgentMessage.parseFrom(bytes);
    assertEquals(5, message.getEvents().getEventsCount());
    assertEquals(bytes.length, message.getSerializedSize());
  }

  private static byte[] loss(long number) {
    return EventCodec.encode(
        new ObservedEvent(NOW, NOW, new Loss(LossCause.AGENT_QUEUE, NOW, NOW, number >>> 1, null)));
  }

  private static byte[] unknown(int bytes) {
    Event.Builder event = Event.newBuilder();
    event.getObservedAtBuilder().setSeconds(1);
    event.getExecutionBuilder().addCommandLine("x".repeat(bytes));
    return event.build().toByteArray();
  }
}
