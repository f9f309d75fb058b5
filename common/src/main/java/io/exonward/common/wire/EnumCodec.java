package io.exonward.common.wire;

import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.LossCause;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.policy.Decision.Outcome;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Mode;
import java.util.Optional;

/**
 * Enumerations, and the only place that says what becomes of a value that a newer peer made up.
 * Empty means that the caller has to say.
 */
final class EnumCodec {
  private EnumCodec() {}

  static Optional<CodeOrigin> decode(io.exonward.v1.CodeOrigin origin) {
    return switch (origin) {
      case CODE_ORIGIN_FILE -> Optional.of(CodeOrigin.FILE);
      case CODE_ORIGIN_MEMFD -> Optional.of(CodeOrigin.MEMFD);
      case CODE_ORIGIN_DELETED -> Optional.of(CodeOrigin.DELETED);
      case CODE_ORIGIN_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static io.exonward.v1.CodeOrigin encode(CodeOrigin origin) {
    return switch (origin) {
      case FILE -> io.exonward.v1.CodeOrigin.CODE_ORIGIN_FILE;
      case MEMFD -> io.exonward.v1.CodeOrigin.CODE_ORIGIN_MEMFD;
      case DELETED -> io.exonward.v1.CodeOrigin.CODE_ORIGIN_DELETED;
    };
  }

  static HashAbsence decode(io.exonward.v1.HashAbsence absence) {
    return switch (absence) {
      case HASH_ABSENCE_PROCESS_GONE -> HashAbsence.PROCESS_GONE;
      case HASH_ABSENCE_FILESYSTEM_NOT_READ -> HashAbsence.FILESYSTEM_NOT_READ;
      case HASH_ABSENCE_TOO_LARGE -> HashAbsence.TOO_LARGE;
      case HASH_ABSENCE_CHANGED -> HashAbsence.CHANGED;
      case HASH_ABSENCE_READ_FAILED -> HashAbsence.READ_FAILED;
      case HASH_ABSENCE_OVER_BUDGET -> HashAbsence.OVER_BUDGET;
      case HASH_ABSENCE_UNSPECIFIED, UNRECOGNIZED -> HashAbsence.NOT_STATED;
    };
  }

  static io.exonward.v1.HashAbsence encode(HashAbsence absence) {
    return switch (absence) {
      case NOT_STATED -> io.exonward.v1.HashAbsence.HASH_ABSENCE_UNSPECIFIED;
      case PROCESS_GONE -> io.exonward.v1.HashAbsence.HASH_ABSENCE_PROCESS_GONE;
      case FILESYSTEM_NOT_READ -> io.exonward.v1.HashAbsence.HASH_ABSENCE_FILESYSTEM_NOT_READ;
      case TOO_LARGE -> io.exonward.v1.HashAbsence.HASH_ABSENCE_TOO_LARGE;
      case CHANGED -> io.exonward.v1.HashAbsence.HASH_ABSENCE_CHANGED;
      case READ_FAILED -> io.exonward.v1.HashAbsence.HASH_ABSENCE_READ_FAILED;
      case OVER_BUDGET -> io.exonward.v1.HashAbsence.HASH_ABSENCE_OVER_BUDGET;
    };
  }

  static LossCause decode(io.exonward.v1.LossCause cause) {
    return switch (cause) {
      case LOSS_CAUSE_KERNEL_BUFFER -> LossCause.KERNEL_BUFFER;
      case LOSS_CAUSE_AGENT_QUEUE -> LossCause.AGENT_QUEUE;
      case LOSS_CAUSE_SPOOL_FULL -> LossCause.SPOOL_FULL;
      case LOSS_CAUSE_SPOOL_DAMAGED -> LossCause.SPOOL_DAMAGED;
      case LOSS_CAUSE_AGENT_DOWN -> LossCause.AGENT_DOWN;
      case LOSS_CAUSE_SENSOR_FAILED -> LossCause.SENSOR_FAILED;
      case LOSS_CAUSE_SHED -> LossCause.SHED;
      case LOSS_CAUSE_UNSPECIFIED, UNRECOGNIZED -> LossCause.NOT_STATED;
    };
  }

  static io.exonward.v1.LossCause encode(LossCause cause) {
    return switch (cause) {
      case NOT_STATED -> io.exonward.v1.LossCause.LOSS_CAUSE_UNSPECIFIED;
      case KERNEL_BUFFER -> io.exonward.v1.LossCause.LOSS_CAUSE_KERNEL_BUFFER;
      case AGENT_QUEUE -> io.exonward.v1.LossCause.LOSS_CAUSE_AGENT_QUEUE;
      case SPOOL_FULL -> io.exonward.v1.LossCause.LOSS_CAUSE_SPOOL_FULL;
      case SPOOL_DAMAGED -> io.exonward.v1.LossCause.LOSS_CAUSE_SPOOL_DAMAGED;
      case AGENT_DOWN -> io.exonward.v1.LossCause.LOSS_CAUSE_AGENT_DOWN;
      case SENSOR_FAILED -> io.exonward.v1.LossCause.LOSS_CAUSE_SENSOR_FAILED;
      case SHED -> io.exonward.v1.LossCause.LOSS_CAUSE_SHED;
    };
  }

  /** A state that this side does not know counts as failed: it never claims sight. */
  static SensorState decode(io.exonward.v1.SensorState state) {
    return switch (state) {
      case SENSOR_STATE_RUNNING -> SensorState.RUNNING;
      case SENSOR_STATE_STANDBY -> SensorState.STANDBY;
      case SENSOR_STATE_UNAVAILABLE -> SensorState.UNAVAILABLE;
      case SENSOR_STATE_FAILED, SENSOR_STATE_UNSPECIFIED, UNRECOGNIZED -> SensorState.FAILED;
    };
  }

  static io.exonward.v1.SensorState encode(SensorState state) {
    return switch (state) {
      case RUNNING -> io.exonward.v1.SensorState.SENSOR_STATE_RUNNING;
      case STANDBY -> io.exonward.v1.SensorState.SENSOR_STATE_STANDBY;
      case UNAVAILABLE -> io.exonward.v1.SensorState.SENSOR_STATE_UNAVAILABLE;
      case FAILED -> io.exonward.v1.SensorState.SENSOR_STATE_FAILED;
    };
  }

  static Optional<Outcome> decode(io.exonward.v1.Outcome outcome) {
    return switch (outcome) {
      case OUTCOME_ALLOW -> Optional.of(Outcome.ALLOW);
      case OUTCOME_DENY -> Optional.of(Outcome.DENY);
      case OUTCOME_UNKNOWN -> Optional.of(Outcome.UNKNOWN);
      case OUTCOME_PENDING -> Optional.of(Outcome.PENDING);
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static io.exonward.v1.Outcome encode(Outcome outcome) {
    return switch (outcome) {
      case ALLOW -> io.exonward.v1.Outcome.OUTCOME_ALLOW;
      case DENY -> io.exonward.v1.Outcome.OUTCOME_DENY;
      case UNKNOWN -> io.exonward.v1.Outcome.OUTCOME_UNKNOWN;
      case PENDING -> io.exonward.v1.Outcome.OUTCOME_PENDING;
    };
  }

  static Optional<Mode> decode(io.exonward.v1.Mode mode) {
    return switch (mode) {
      case MODE_LEARN -> Optional.of(Mode.LEARN);
      case MODE_MONITOR -> Optional.of(Mode.MONITOR);
      case MODE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static io.exonward.v1.Mode encode(Mode mode) {
    return switch (mode) {
      case LEARN -> io.exonward.v1.Mode.MODE_LEARN;
      case MONITOR -> io.exonward.v1.Mode.MODE_MONITOR;
    };
  }

  static Optional<Effect> decode(io.exonward.v1.Effect effect) {
    return switch (effect) {
      case EFFECT_ALLOW -> Optional.of(Effect.ALLOW);
      case EFFECT_DENY -> Optional.of(Effect.DENY);
      case EFFECT_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static io.exonward.v1.Effect encode(Effect effect) {
    return switch (effect) {
      case ALLOW -> io.exonward.v1.Effect.EFFECT_ALLOW;
      case DENY -> io.exonward.v1.Effect.EFFECT_DENY;
    };
  }
}
