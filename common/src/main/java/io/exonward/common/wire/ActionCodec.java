package io.exonward.common.wire;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Event;
import java.util.Optional;

/** What processes do to memory and code. */
final class ActionCodec {
  private ActionCodec() {}

  static io.exonward.v1.Action encode(Event.Action action) {
    var proto =
        io.exonward.v1.Action.newBuilder()
            .setKind(encode(action.kind()))
            .setActor(ProcessCodec.encode(action.actor()))
            .setAddress(action.address())
            .setLength(action.length())
            .setProtection(action.protection())
            .setCount(action.count())
            .setFirstAt(Field.timestamp(action.firstAt()))
            .setLastAt(Field.timestamp(action.lastAt()))
            .addAllAncestry(ProcessCodec.encode(action.ancestry()));
    if (action.target() != null) {
      proto.setTarget(ProcessCodec.encode(action.target()));
    }
    if (action.detail() != null) {
      proto.setDetail(action.detail());
    }
    if (action.containerId() != null) {
      proto.setContainerId(action.containerId());
    }
    return proto.build();
  }

  /** Empty if the kind is one that this side does not know. */
  static Optional<Event> decode(io.exonward.v1.Action proto) {
    return decode(proto.getKind()).map(kind -> decode(kind, proto));
  }

  private static Event decode(ActionKind kind, io.exonward.v1.Action proto) {
    String field = "action";
    Field.require(field + ".actor", proto.hasActor());
    return new Event.Action(
        kind,
        ProcessCodec.decode(field + ".actor", proto.getActor()),
        proto.hasTarget() ? ProcessCodec.decode(field + ".target", proto.getTarget()) : null,
        proto.getAddress(),
        proto.getLength(),
        proto.getProtection(),
        Field.optionalText(field + ".detail", proto.getDetail(), Limits.ACTION_DETAIL_BYTES),
        Field.range(field + ".count", proto.getCount(), 1, Long.MAX_VALUE),
        Field.instant(field + ".first_at", proto.hasFirstAt(), proto.getFirstAt()),
        Field.instant(field + ".last_at", proto.hasLastAt(), proto.getLastAt()),
        ProcessCodec.decode(field + ".ancestry", proto.getAncestryList()),
        Field.optionalText(
            field + ".container_id", proto.getContainerId(), Limits.CONTAINER_ID_BYTES));
  }

  private static io.exonward.v1.ActionKind encode(ActionKind kind) {
    return switch (kind) {
      case EXECUTABLE_MAPPED -> io.exonward.v1.ActionKind.ACTION_KIND_EXECUTABLE_MAPPED;
      case MADE_EXECUTABLE -> io.exonward.v1.ActionKind.ACTION_KIND_MADE_EXECUTABLE;
      case MEMFD_CREATED -> io.exonward.v1.ActionKind.ACTION_KIND_MEMFD_CREATED;
      case PTRACE_ATTACHED -> io.exonward.v1.ActionKind.ACTION_KIND_PTRACE_ATTACHED;
      case PTRACE_WRITTEN -> io.exonward.v1.ActionKind.ACTION_KIND_PTRACE_WRITTEN;
      case PROCESS_WRITTEN -> io.exonward.v1.ActionKind.ACTION_KIND_PROCESS_WRITTEN;
      case PROCESS_MEMORY_OPENED -> io.exonward.v1.ActionKind.ACTION_KIND_PROCESS_MEMORY_OPENED;
      case UPROBE_SET -> io.exonward.v1.ActionKind.ACTION_KIND_UPROBE_SET;
      case BPF_LOADED -> io.exonward.v1.ActionKind.ACTION_KIND_BPF_LOADED;
      case MODULE_LOADED -> io.exonward.v1.ActionKind.ACTION_KIND_MODULE_LOADED;
      case CREDENTIALS_CHANGED -> io.exonward.v1.ActionKind.ACTION_KIND_CREDENTIALS_CHANGED;
      case CONNECTED -> io.exonward.v1.ActionKind.ACTION_KIND_CONNECTED;
    };
  }

  private static Optional<ActionKind> decode(io.exonward.v1.ActionKind kind) {
    return switch (kind) {
      case ACTION_KIND_EXECUTABLE_MAPPED -> Optional.of(ActionKind.EXECUTABLE_MAPPED);
      case ACTION_KIND_MADE_EXECUTABLE -> Optional.of(ActionKind.MADE_EXECUTABLE);
      case ACTION_KIND_MEMFD_CREATED -> Optional.of(ActionKind.MEMFD_CREATED);
      case ACTION_KIND_PTRACE_ATTACHED -> Optional.of(ActionKind.PTRACE_ATTACHED);
      case ACTION_KIND_PTRACE_WRITTEN -> Optional.of(ActionKind.PTRACE_WRITTEN);
      case ACTION_KIND_PROCESS_WRITTEN -> Optional.of(ActionKind.PROCESS_WRITTEN);
      case ACTION_KIND_PROCESS_MEMORY_OPENED -> Optional.of(ActionKind.PROCESS_MEMORY_OPENED);
      case ACTION_KIND_UPROBE_SET -> Optional.of(ActionKind.UPROBE_SET);
      case ACTION_KIND_BPF_LOADED -> Optional.of(ActionKind.BPF_LOADED);
      case ACTION_KIND_MODULE_LOADED -> Optional.of(ActionKind.MODULE_LOADED);
      case ACTION_KIND_CREDENTIALS_CHANGED -> Optional.of(ActionKind.CREDENTIALS_CHANGED);
      case ACTION_KIND_CONNECTED -> Optional.of(ActionKind.CONNECTED);
      case ACTION_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }
}
