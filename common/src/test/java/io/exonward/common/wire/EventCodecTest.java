package io.exonward.common.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import java.time.Instant;
import java.util.Collections;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EventCodecTest {
  private static final Timestamp TIME = Timestamp.newBuilder().setSeconds(1_800_000_000).build();

  @Provide
  Arbitrary<ObservedEvent> events() {
    return EventArbitraries.events();
  }

  @Property(tries = 500)
  void decode_encodedEvent_isTheSame(
      @ForAll("events") ObservedEvent event, @ForAll @LongRange(min = 1) long sequence) {
    byte[] sequenced = EventCodec.withSequence(EventCodec.encode(event), sequence);

    SequencedEvent decoded = EventCodec.decode(sequenced);

    assertEquals(new SequencedEvent(sequence, event), decoded);
  }

  @Property(tries = 2000)
  void decode_randomBytes_throwsWireExceptionOnly(@ForAll @Size(max = 300) byte[] bytes) {
    decodeOrRefuse(bytes);
  }

  @Property(tries = 500)
  void decode_damagedEvent_throwsWireExceptionOnly(
      @ForAll("events") ObservedEvent event, @ForAll int position, @ForAll byte damage) {
    byte[] bytes = EventCodec.withSequence(EventCodec.encode(event), 1);

    bytes[Math.floorMod(position, bytes.length)] ^= damage;

    decodeOrRefuse(bytes);
  }

  /** Fails the test by any exception but the one that is promised. */
  private static void decodeOrRefuse(byte[] bytes) {
    try {
      EventCodec.decode(bytes);
    } catch (WireException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }

  @Test
  void withSequence_sequencePresent_isOverruled() {
    byte[] once = EventCodec.withSequence(EventCodec.encode(loss()), 5);

    assertEquals(9, EventCodec.decode(EventCodec.withSequence(once, 9)).sequence());
  }

  @Test
  void withSequence_zero_isRefused() {
    assertThrows(WireException.class, () -> EventCodec.withSequence(new byte[0], 0));
  }

  @Test
  void decode_unknownKind_keepsTheBytes() throws InvalidProtocolBufferException {
    var later = UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("x"));
    var proto =
        envelope()
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(29, later.build()).build())
            .build();

    var event =
        assertInstanceOf(
            Event.Unrecognized.class, EventCodec.decode(proto.toByteArray()).event().event());

    assertEquals(proto, io.exonward.v1.Event.parseFrom(event.encoded()));
  }

  @Test
  void encode_unrecognizedEvent_passesThrough() {
    var event = new ObservedEvent(null, Instant.EPOCH, new Event.Unrecognized(new byte[] {1, 2}));

    assertArrayEquals(new byte[] {1, 2}, EventCodec.encode(event));
  }

  @Test
  void decode_unknownCodeOrigin_neverPassesForAFile() {
    var proto = execution(e -> e.getCodeBuilder().setOriginValue(99));

    assertInstanceOf(Event.Unrecognized.class, EventCodec.decode(proto.build()).event().event());
  }

  @Test
  void decode_unknownEnumValues_becomeNotStated() {
    var loss =
        envelope()
            .setLoss(io.exonward.v1.Loss.newBuilder().setCauseValue(99).setFrom(TIME).setTo(TIME));
    var execution = execution(e -> e.getCodeBuilder().clearSha256().setHashAbsenceValue(99));

    assertEquals(
        LossCause.NOT_STATED,
        ((Event.Loss) EventCodec.decode(loss.build()).event().event()).cause());
    assertEquals(
        new ContentHash.Missing(HashAbsence.NOT_STATED), decodeExecution(execution).code().hash());
  }

  @Test
  void decode_unknownLevel_neverClaimsSight() {
    var proto =
        envelope()
            .setCoverage(io.exonward.v1.Coverage.newBuilder().setLevel("better").setSince(TIME));

    var change = (Event.CoverageChange) EventCodec.decode(proto.build()).event().event();

    assertEquals(SensorLevel.NONE, change.coverage().level());
  }

  @Test
  void decode_decisionWithUnknownReason_isLeftOut() {
    var proto =
        execution(e ->
            e.getDecisionBuilder()
                .setOutcome(io.exonward.v1.Outcome.OUTCOME_ALLOW)
                .setMode(io.exonward.v1.Mode.MODE_LEARN)
                .setReason("horoscope"));

    assertNull(decodeExecution(proto).decision());
  }

  @Test
  void decode_missingParts_areNamed() {
    assertRefused(
        "event.sequence: 0, allowed 1 to 9223372036854775807", envelope().clearSequence());
    assertRefused("event.observed_at: required, but absent", envelope().clearObservedAt());
    assertRefused("event.kind: required, but absent", envelope());
    assertRefused("execution.process: required, but absent", execution(e -> e.clearProcess()));
    assertRefused("execution.code: required, but absent", execution(e -> e.clearCode()));
    assertRefused(
        "execution.code.origin: required, but absent",
        execution(e -> e.getCodeBuilder().clearOrigin()));
  }

  @Test
  void decode_valuesOverTheLimit_areNamed() {
    assertRefused(
        "execution.executable: 4097 bytes, at most 4096",
        execution(e -> e.setExecutable("/" + "x".repeat(4096))));
    assertRefused(
        "execution.executable: 4098 bytes, at most 4096",
        execution(e -> e.setExecutable("漢".repeat(1366))));
    assertRefused(
        "execution.command_line: 257 entries, at most 256",
        execution(e -> e.addAllCommandLine(Collections.nCopies(257, "a"))));
    assertRefused(
        "execution.command_line: 8193 bytes, at most 8192",
        execution(e -> e.addCommandLine("a".repeat(8000)).addCommandLine("b".repeat(193))));
    assertRefused(
        "execution.process.pid: -1, allowed 1 to 2147483647",
        execution(e -> e.getProcessBuilder().setPid(-1)));
    assertRefused(
        "execution.process.boot_id: 15 bytes, must be 16",
        execution(e -> e.getProcessBuilder().setBootId(ByteString.copyFrom(new byte[15]))));
    assertRefused(
        "execution.code.sha256: 31 bytes, must be 32",
        execution(e -> e.getCodeBuilder().setSha256(ByteString.copyFrom(new byte[31]))));
    assertRefused(
        "execution.container_id: holds a NUL character, texts have none",
        execution(e -> e.setContainerId("a\0b")));
    assertRefused(
        "execution.ancestry: 17 processes, at most 16",
        execution(e ->
            e.addAllAncestry(
                Collections.nCopies(17, io.exonward.v1.ProcessSummary.getDefaultInstance()))));
    assertRefused(
        "event.observed_at.nanos: 1000000000, allowed 0 to 999999999",
        envelope().setObservedAt(TIME.toBuilder().setNanos(1_000_000_000)));
    assertRefused(
        "event: 70015 bytes, at most 65536",
        envelope()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        29,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFrom(new byte[70_000]))
                            .build())
                    .build()));
  }

  @Test
  void encode_tooLarge_isRefused() {
    var event = new ObservedEvent(null, Instant.EPOCH, new Event.Unrecognized(new byte[65_530]));

    var refused = assertThrows(WireException.class, () -> EventCodec.encode(event));

    assertEquals("event: 65530 bytes, at most 65525", refused.getMessage());
  }

  private static void assertRefused(String message, io.exonward.v1.Event.Builder event) {
    byte[] bytes = event.build().toByteArray();

    var refused = assertThrows(WireException.class, () -> EventCodec.decode(bytes));

    assertEquals(message, refused.getMessage());
  }

  private static ObservedEvent loss() {
    return new ObservedEvent(
        null,
        Instant.EPOCH,
        new Event.Loss(LossCause.AGENT_DOWN, Instant.EPOCH, Instant.EPOCH, 0, null));
  }

  private static Event.Execution decodeExecution(io.exonward.v1.Event.Builder proto) {
    return (Event.Execution) EventCodec.decode(proto.build()).event().event();
  }

  private static io.exonward.v1.Event.Builder envelope() {
    return io.exonward.v1.Event.newBuilder().setSequence(1).setObservedAt(TIME);
  }

  private static io.exonward.v1.Event.Builder execution(
      Consumer<io.exonward.v1.Execution.Builder> change) {
    var process =
        io.exonward.v1.ProcessId.newBuilder()
            .setBootId(ByteString.copyFrom(new byte[16]))
            .setPid(1);
    var code =
        io.exonward.v1.Code.newBuilder()
            .setOrigin(io.exonward.v1.CodeOrigin.CODE_ORIGIN_FILE)
            .setSha256(ByteString.copyFrom(new byte[32]));
    var execution = io.exonward.v1.Execution.newBuilder().setProcess(process).setCode(code);
    change.accept(execution);
    return envelope().setExecution(execution);
  }
}
