package io.exonward.common.wire;

import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.policy.PackageRef;
import java.util.ArrayList;
import java.util.List;

/** The kinds of event, without their envelope's sequence. */
final class KindCodec {
  private KindCodec() {}

  /** Without the kind. */
  static io.exonward.v1.Event.Builder envelope(ObservedEvent event) {
    var proto =
        io.exonward.v1.Event.newBuilder().setObservedAt(Field.timestamp(event.observedAt()));
    if (event.occurredAt() != null) {
      proto.setOccurredAt(Field.timestamp(event.occurredAt()));
    }
    return proto;
  }

  static io.exonward.v1.Event encode(ObservedEvent event) {
    var proto = envelope(event);
    switch (event.event()) {
      case Event.Execution execution -> proto.setExecution(encode(execution));
      case Event.Repetition _ ->
          throw new IllegalArgumentException("a repetition has an encoder of its own");
      case Event.Loss loss -> proto.setLoss(encode(loss));
      case Event.CoverageChange change ->
          proto.setCoverage(CoverageCodec.encode(change.coverage()));
      case Event.PackageInventory inventory -> proto.setPackageInventory(encode(inventory));
      case Event.CodeLoad load -> proto.setCodeLoad(LoadCodec.encode(load));
      case Event.Action action -> proto.setAction(ActionCodec.encode(action));
      case Event.Unrecognized _ ->
          throw new IllegalArgumentException("an unrecognized event is bytes already");
    }
    return proto.build();
  }

  static Event decode(io.exonward.v1.Event proto) {
    return switch (proto.getKindCase()) {
      case EXECUTION ->
          isOriginKnown(proto.getExecution().getCode())
              ? decode(proto.getExecution())
              : new Event.Unrecognized(proto.toByteArray());
      case REPETITION ->
          isOriginKnown(proto.getRepetition().getCode())
              ? decode(proto.getRepetition())
              : new Event.Unrecognized(proto.toByteArray());
      case LOSS -> decode(proto.getLoss());
      case COVERAGE -> new Event.CoverageChange(CoverageCodec.decode(proto.getCoverage()));
      case PACKAGE_INVENTORY -> decode(proto.getPackageInventory());
      case CODE_LOAD ->
          LoadCodec.decode(proto.getCodeLoad())
              .orElseGet(() -> new Event.Unrecognized(proto.toByteArray()));
      case ACTION ->
          ActionCodec.decode(proto.getAction())
              .orElseGet(() -> new Event.Unrecognized(proto.toByteArray()));
      case KIND_NOT_SET -> {
        Field.require("event.kind", !proto.getUnknownFields().asMap().isEmpty());
        yield new Event.Unrecognized(proto.toByteArray());
      }
    };
  }

  /** Code of an unknown origin must not pass for code in a file. */
  private static boolean isOriginKnown(io.exonward.v1.Code code) {
    return code.getOrigin() != io.exonward.v1.CodeOrigin.UNRECOGNIZED;
  }

  private static io.exonward.v1.Execution encode(Event.Execution execution) {
    var proto =
        io.exonward.v1.Execution.newBuilder()
            .setBackfill(execution.isBackfill())
            .setProcess(ProcessCodec.encode(execution.process()))
            .setUser(ProcessCodec.encode(execution.user()))
            .addAllCommandLine(execution.commandLine())
            .setCommandLineTruncated(execution.isCommandLineTruncated())
            .setCode(CodeCodec.encode(execution.code()))
            .addAllAncestry(ProcessCodec.encode(execution.ancestry()));
    if (execution.executable() != null) {
      proto.setExecutable(execution.executable());
    }
    if (execution.workingDirectory() != null) {
      proto.setWorkingDirectory(execution.workingDirectory());
    }
    if (execution.containerId() != null) {
      proto.setContainerId(execution.containerId());
    }
    if (execution.decision() != null) {
      proto.setDecision(CodeCodec.encode(execution.decision()));
    }
    return proto.build();
  }

  private static Event decode(io.exonward.v1.Execution proto) {
    String field = "execution";
    return new Event.Execution(
        proto.getBackfill(),
        ProcessCodec.decode(field + ".process", proto.hasProcess(), proto.getProcess()),
        ProcessCodec.decode(field + ".user", proto.getUser()),
        Field.optionalText(field + ".executable", proto.getExecutable(), Limits.PATH_BYTES),
        commandLine(field + ".command_line", proto.getCommandLineList()),
        proto.getCommandLineTruncated(),
        Field.optionalText(
            field + ".working_directory", proto.getWorkingDirectory(), Limits.PATH_BYTES),
        CodeCodec.decode(field + ".code", proto.hasCode(), proto.getCode()),
        ProcessCodec.decode(field + ".ancestry", proto.getAncestryList()),
        Field.optionalText(
            field + ".container_id", proto.getContainerId(), Limits.CONTAINER_ID_BYTES),
        CodeCodec.decode(field + ".decision", proto.hasDecision(), proto.getDecision()));
  }

  private static List<String> commandLine(String field, List<String> arguments) {
    Field.atMost(field, arguments.size(), Limits.COMMAND_LINE_ENTRIES, "entries");
    int bytes = 0;
    for (String argument : arguments) {
      Field.text(field, argument, Limits.COMMAND_LINE_BYTES);
      bytes += Limits.utf8Length(argument);
    }
    Field.atMost(field, bytes, Limits.COMMAND_LINE_BYTES, "bytes");
    return arguments;
  }

  /** Without its runs. */
  static io.exonward.v1.Repetition encode(Event.Repetition repetition) {
    var proto =
        io.exonward.v1.Repetition.newBuilder()
            .setCount(repetition.count())
            .setFirstAt(Field.timestamp(repetition.firstAt()))
            .setLastAt(Field.timestamp(repetition.lastAt()))
            .setUser(ProcessCodec.encode(repetition.user()))
            .setCode(CodeCodec.encode(repetition.code()))
            .setLastProcess(ProcessCodec.encode(repetition.lastProcess()))
            .addAllAncestry(ProcessCodec.encode(repetition.ancestry()));
    if (repetition.executable() != null) {
      proto.setExecutable(repetition.executable());
    }
    if (repetition.containerId() != null) {
      proto.setContainerId(repetition.containerId());
    }
    if (repetition.decision() != null) {
      proto.setDecision(CodeCodec.encode(repetition.decision()));
    }
    return proto.build();
  }

  private static Event.Run decode(io.exonward.v1.Run proto) {
    String field = "repetition.runs";
    return new Event.Run(
        Field.range(field + ".pid", proto.getPid(), 1, Integer.MAX_VALUE),
        Field.count(field + ".start_ticks", proto.getStartTicks()),
        commandLine(field + ".command_line", proto.getCommandLineList()),
        proto.getCommandLineTruncated(),
        Field.instant(field + ".at", proto.hasAt(), proto.getAt()),
        Field.range(field + ".count", proto.getCount(), 1, Long.MAX_VALUE));
  }

  private static List<Event.Run> decode(List<io.exonward.v1.Run> protos, long count) {
    Field.atMost("repetition.runs", protos.size(), Limits.RUNS, "runs");
    List<Event.Run> runs = new ArrayList<>(protos.size());
    long left = count;
    for (io.exonward.v1.Run proto : protos) {
      Event.Run run = decode(proto);
      Field.atMost("repetition.runs.count", run.count(), left, "executions");
      left -= run.count();
      runs.add(run);
    }
    return runs;
  }

  private static Event decode(io.exonward.v1.Repetition proto) {
    String field = "repetition";
    long count = Field.range(field + ".count", proto.getCount(), 1, Long.MAX_VALUE);
    return new Event.Repetition(
        count,
        Field.instant(field + ".first_at", proto.hasFirstAt(), proto.getFirstAt()),
        Field.instant(field + ".last_at", proto.hasLastAt(), proto.getLastAt()),
        ProcessCodec.decode(field + ".user", proto.getUser()),
        Field.optionalText(field + ".executable", proto.getExecutable(), Limits.PATH_BYTES),
        CodeCodec.decode(field + ".code", proto.hasCode(), proto.getCode()),
        Field.optionalText(
            field + ".container_id", proto.getContainerId(), Limits.CONTAINER_ID_BYTES),
        CodeCodec.decode(field + ".decision", proto.hasDecision(), proto.getDecision()),
        ProcessCodec.decode(
            field + ".last_process", proto.hasLastProcess(), proto.getLastProcess()),
        ProcessCodec.decode(field + ".ancestry", proto.getAncestryList()),
        decode(proto.getRunsList(), count));
  }

  private static io.exonward.v1.Loss encode(Event.Loss loss) {
    var proto =
        io.exonward.v1.Loss.newBuilder()
            .setCause(EnumCodec.encode(loss.cause()))
            .setFrom(Field.timestamp(loss.from()))
            .setTo(Field.timestamp(loss.to()))
            .setCount(loss.count());
    if (loss.sensor() != null) {
      proto.setSensor(loss.sensor());
    }
    return proto.build();
  }

  private static Event decode(io.exonward.v1.Loss proto) {
    return new Event.Loss(
        EnumCodec.decode(proto.getCause()),
        Field.instant("loss.from", proto.hasFrom(), proto.getFrom()),
        Field.instant("loss.to", proto.hasTo(), proto.getTo()),
        Field.count("loss.count", proto.getCount()),
        Field.optionalText("loss.sensor", proto.getSensor(), Limits.SENSOR_NAME_BYTES));
  }

  private static io.exonward.v1.PackageInventory encode(Event.PackageInventory inventory) {
    return io.exonward.v1.PackageInventory.newBuilder()
        .addAllPackages(inventory.packages().stream().map(CodeCodec::encode).toList())
        .setGeneration(inventory.generation())
        .setComplete(inventory.isComplete())
        .build();
  }

  private static Event decode(io.exonward.v1.PackageInventory proto) {
    String field = "package_inventory";
    Field.atMost(
        field + ".packages", proto.getPackagesCount(), Limits.INVENTORY_PACKAGES, "packages");
    List<PackageRef> packages = new ArrayList<>(proto.getPackagesCount());
    for (io.exonward.v1.PackageRef ref : proto.getPackagesList()) {
      packages.add(CodeCodec.decode(field + ".packages", ref));
    }
    return new Event.PackageInventory(
        packages, Field.count(field + ".generation", proto.getGeneration()), proto.getComplete());
  }
}
