package io.exonward.common.wire;

import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import java.util.Optional;

/** Code that entered a process other than by its own execution. */
final class LoadCodec {
  private LoadCodec() {}

  static io.exonward.v1.CodeLoad encode(Event.CodeLoad load) {
    var proto =
        io.exonward.v1.CodeLoad.newBuilder()
            .setKind(encode(load.kind()))
            .setLoader(ProcessCodec.encode(load.loader()))
            .setCode(CodeCodec.encode(load.code()))
            .addAllAncestry(ProcessCodec.encode(load.ancestry()));
    if (load.path() != null) {
      proto.setPath(load.path());
    }
    if (load.containerId() != null) {
      proto.setContainerId(load.containerId());
    }
    if (load.decision() != null) {
      proto.setDecision(CodeCodec.encode(load.decision()));
    }
    return proto.build();
  }

  /** Empty if the kind, or the origin of the code, is one that this side does not know. */
  static Optional<Event> decode(io.exonward.v1.CodeLoad proto) {
    if (EnumCodec.decode(proto.getCode().getOrigin()).isEmpty()) {
      return Optional.empty();
    }
    return decode(proto.getKind()).map(kind -> decode(kind, proto));
  }

  private static Event decode(CodeLoadKind kind, io.exonward.v1.CodeLoad proto) {
    String field = "code_load";
    Field.require(field + ".loader", proto.hasLoader());
    return new Event.CodeLoad(
        kind,
        ProcessCodec.decode(field + ".loader", proto.getLoader()),
        Field.optionalText(field + ".path", proto.getPath(), Limits.PATH_BYTES),
        CodeCodec.decode(field + ".code", proto.hasCode(), proto.getCode()),
        ProcessCodec.decode(field + ".ancestry", proto.getAncestryList()),
        Field.optionalText(
            field + ".container_id", proto.getContainerId(), Limits.CONTAINER_ID_BYTES),
        CodeCodec.decode(field + ".decision", proto.hasDecision(), proto.getDecision()));
  }

  private static io.exonward.v1.CodeLoadKind encode(CodeLoadKind kind) {
    return switch (kind) {
      case LIBRARY -> io.exonward.v1.CodeLoadKind.CODE_LOAD_KIND_LIBRARY;
      case PROGRAM -> io.exonward.v1.CodeLoadKind.CODE_LOAD_KIND_PROGRAM;
      case INTERPRETER -> io.exonward.v1.CodeLoadKind.CODE_LOAD_KIND_INTERPRETER;
      case SCRIPT -> io.exonward.v1.CodeLoadKind.CODE_LOAD_KIND_SCRIPT;
      case OPENED -> io.exonward.v1.CodeLoadKind.CODE_LOAD_KIND_OPENED;
    };
  }

  private static Optional<CodeLoadKind> decode(io.exonward.v1.CodeLoadKind kind) {
    return switch (kind) {
      case CODE_LOAD_KIND_LIBRARY -> Optional.of(CodeLoadKind.LIBRARY);
      case CODE_LOAD_KIND_PROGRAM -> Optional.of(CodeLoadKind.PROGRAM);
      case CODE_LOAD_KIND_INTERPRETER -> Optional.of(CodeLoadKind.INTERPRETER);
      case CODE_LOAD_KIND_SCRIPT -> Optional.of(CodeLoadKind.SCRIPT);
      case CODE_LOAD_KIND_OPENED -> Optional.of(CodeLoadKind.OPENED);
      case CODE_LOAD_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }
}
